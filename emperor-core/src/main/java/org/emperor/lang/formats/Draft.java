package org.emperor.lang.formats;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emperor.lang.Document;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.lang.Shown;

/** A document while it is read, and the text it is read from. */
final class Draft {
    /** As many as an INI file may have. */
    private static final int MOST_ENTRIES = 10_000;

    private static final int MOST_PROBLEMS = 100;

    private final String file;
    private final String content;
    private final List<Integer> lineStarts = new ArrayList<>();
    private final List<Document.Section> sections = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private List<Setting> settings = new ArrayList<>();
    private String name = "";
    private Position header;
    private int entries;

    Draft(String file, String content) {
        this.file = file;
        this.content = content;
        this.header = Position.of(file);
        lineStarts.add(0);
        for (int end = content.indexOf('\n'); end >= 0; end = content.indexOf('\n', end + 1)) {
            lineStarts.add(end + 1);
        }
    }

    /** What follows belongs to this section; a name may come again. */
    void section(String sectionName, int offset) {
        close();
        name = sectionName;
        header = at(offset);
        settings = new ArrayList<>();
        keys.clear();
        count(offset);
    }

    private void close() {
        if (header.line() > 0) {
            sections.add(new Document.Section(name, header, settings));
        }
    }

    boolean isSection(String sectionName) {
        return header.line() > 0 && name.equals(sectionName);
    }

    String section() {
        return name;
    }

    /** @param offset where the value begins */
    void setting(String key, String value, int offset) {
        count(offset);
        if (key.isEmpty()) {
            problem(offset, "", "a value without a key", "write a key");
        } else if (Shown.hasControl(key)) {
            problem(offset, "", "a control character in a key", "remove it");
        } else if (value.indexOf('\0') >= 0) {
            problem(offset, key, "a NUL character", "remove it");
        } else if (isHalf(key) || isHalf(value)) { // an escape can write what no UTF-8 can
            problem(offset, isHalf(key) ? "" : key, "half of a surrogate pair", "write both or none");
        } else {
            boolean verbatim = content.startsWith(value, offset);
            settings.add(new Setting(key.replace('_', '-'), value, at(offset), verbatim, List.of()));
        }
    }

    private static boolean isHalf(String text) {
        return text.codePoints().anyMatch(it -> it >= Character.MIN_SURROGATE && it <= Character.MAX_SURROGATE);
    }

    /** Whether the key was not in this section before. */
    boolean isNew(String key) {
        return keys.add(key);
    }

    void problem(int offset, String key, String rule, String remedy) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(at(offset), Shown.of(key.replace('_', '-')), rule, remedy));
        }
    }

    private void count(int offset) {
        entries++;
        if (entries == MOST_ENTRIES + 1) {
            problem(offset, "", "more than " + MOST_ENTRIES + " keys and sections", "make the file shorter");
        }
    }

    /** Whether there is nothing more to be read from this file. */
    boolean isFull() {
        return entries > MOST_ENTRIES || problems.size() == MOST_PROBLEMS;
    }

    Document document() {
        close();
        header = Position.of(file);
        return new Document(sections, problems);
    }

    boolean isQuote(int offset) {
        return offset < content.length() && (content.charAt(offset) == '"' || content.charAt(offset) == '\'');
    }

    /** The offset of a line and column as parsers count them, from 1 and in chars. */
    int offset(int line, int column) {
        int start = lineStarts.get(Math.max(0, Math.min(line - 1, lineStarts.size() - 1)));
        return Math.max(0, Math.min(start + column - 1, content.length()));
    }

    /** The same where columns are counted in characters. */
    int offsetOfCharacter(int line, int column) {
        int start = offset(line, 1);
        int end = line < lineStarts.size() ? lineStarts.get(line) : content.length();
        int most = content.codePointCount(start, end);
        return content.offsetByCodePoints(start, Math.max(0, Math.min(column - 1, most)));
    }

    /** An offset behind the end, as parsers have it of what is missing there, is the end. */
    private Position at(int given) {
        int offset = Math.min(given, content.length());
        int low = 0;
        int high = lineStarts.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (lineStarts.get(middle) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return new Position(file, low + 1, content.codePointCount(lineStarts.get(low), offset) + 1);
    }
}
