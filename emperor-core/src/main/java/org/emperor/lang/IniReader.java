package org.emperor.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads INI text by uWSGI's grammar: {@code ;} and {@code #} begin a comment at the start of a line only, the first
 * {@code =} splits, there are no quotes, escapes or continued lines, and a key without {@code =} is the empty value.
 * {@code _} in a key is {@code -}. Where uWSGI guesses (a header that is not closed, a key before any section) this
 * reader tells a problem; it never quotes the text, which may be a file of secrets that somebody linked to.
 */
public final class IniReader {
    /** The most bytes a file may have. */
    public static final int LARGEST = 1 << 20;

    /** The most keys and headers a file may have, so that a megabyte of short lines does not become a gigabyte of objects. */
    static final int MOST_ENTRIES = 10_000;

    private final String file;
    private final List<Document.Section> sections = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Setting> homeless = new ArrayList<>();
    private String name = "";
    private Position header;
    private List<Setting> settings = homeless;
    private int entries;

    private IniReader(String file) {
        this.file = file;
        this.header = Position.of(file);
    }

    /** Reads a whole file; its path is only for positions. */
    public static Document read(String file, byte[] content) {
        Optional<Document> flaw = flaw(file, content);
        return flaw.isPresent() ? flaw.get() : new IniReader(file).lines(Utf8.text(content));
    }

    /** What is wrong with the bytes of a file in any format; empty if they may be read as text. */
    static Optional<Document> flaw(String file, byte[] content) {
        if (content.length > LARGEST) {
            Problem size = new Problem(
                    Position.of(file), "", "larger than 1 MiB (" + content.length + " bytes)", "make the file shorter");
            return Optional.of(Document.refused(size));
        }
        List<Problem> flaws = Utf8.flaws(file, content);
        return flaws.isEmpty() ? Optional.empty() : Optional.of(new Document(List.of(), flaws));
    }

    private Document lines(String text) {
        int number = 1;
        for (int from = 0; from < text.length() && entries <= MOST_ENTRIES; number++) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            line(text.substring(from, end), number);
            from = end + 1;
        }
        closeSection();
        return new Document(sections, problems);
    }

    private void line(String line, int number) {
        int start = skipBlanks(line, 0);
        int end = dropBlanks(line, start, line.length());
        if (start == end || line.charAt(start) == ';' || line.charAt(start) == '#') {
            return;
        }
        entries++;
        if (entries > MOST_ENTRIES) {
            problem(number, 0, "more than " + MOST_ENTRIES + " keys and sections", "make the file shorter");
        } else if (line.charAt(start) == '[') {
            section(line.substring(start + 1, end), number);
        } else {
            setting(line, start, end, number);
        }
    }

    private void section(String rest, int number) {
        closeSection();
        boolean closed = rest.endsWith("]");
        int close = closed ? rest.length() - 1 : rest.indexOf(']');
        if (!closed) {
            problem(number, 0, "a section header that is not closed", "end it with ]; a comment needs its own line");
        } else if (close == 0) {
            problem(number, 0, "a section without a name", "write it between [ and ]");
        }
        name = close < 0 ? rest : rest.substring(0, close);
        header = new Position(file, number, 0);
        settings = new ArrayList<>();
    }

    private void closeSection() {
        if (settings != homeless) {
            sections.add(new Document.Section(name, header, settings));
        }
    }

    private void setting(String line, int start, int end, int number) {
        int equals = line.indexOf('=', start);
        int keyEnd = dropBlanks(line, start, equals < 0 ? end : equals);
        String key = line.substring(start, keyEnd);
        int control = indexOfControl(key);
        if (key.isEmpty()) {
            problem(number, 0, "a value without a key", "write key = value");
        } else if (control >= 0) {
            problem(number, column(line, start + control), "a control character in a key", "remove it");
        } else {
            int valueStart = equals < 0 ? end : Math.min(skipBlanks(line, equals + 1), end);
            int column = valueStart == end ? 0 : column(line, valueStart);
            add(new Setting(
                    key.replace('_', '-'), line.substring(valueStart, end), new Position(file, number, column)));
        }
    }

    private void add(Setting setting) {
        settings.add(setting);
        if (settings == homeless && homeless.size() == 1) { // one header cures them all
            problem(setting.position().line(), 0, "a key before any section", "put a header such as [vassal] above it");
        }
    }

    private void problem(int line, int column, String rule, String remedy) {
        problems.add(new Problem(new Position(file, line, column), "", rule, remedy));
    }

    private static int column(String line, int index) {
        return line.codePointCount(0, index) + 1;
    }

    private static int indexOfControl(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (Character.isISOControl(key.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int dropBlanks(String line, int from, int to) {
        int end = to;
        while (end > from && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
