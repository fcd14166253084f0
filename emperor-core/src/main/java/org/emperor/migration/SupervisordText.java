package org.emperor.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emperor.lang.Document;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;

/**
 * Reads a file of supervisord, by the grammar of Python's ConfigParser as supervisord sets it up: {@code =} or {@code :}
 * after a key, an indented line goes on with the value above, {@code ;} and {@code #} after a blank begin a comment also
 * within quotes, and of a key or section given twice the later one wins.
 */
final class SupervisordText {
    private final String file;
    private final Map<String, Position> headers = new LinkedHashMap<>();
    private final Map<String, Map<String, Setting>> sections = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private Map<String, Setting> section = Map.of();
    private String key = "";
    private int keyIndent;

    private SupervisordText(String file) {
        this.file = file;
    }

    static Document read(String file, String text) {
        SupervisordText reader = new SupervisordText(file);
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            reader.line(withoutComment(line), number);
        }
        return reader.document();
    }

    private Document document() {
        List<Document.Section> all = new ArrayList<>();
        sections.forEach((name, settings) -> all.add(new Document.Section(
                name, headers.getOrDefault(name, Position.of(file)), List.copyOf(settings.values()))));
        return new Document(all, problems);
    }

    private static String withoutComment(String line) {
        String bare = line.strip();
        if (bare.startsWith("#") || bare.startsWith(";")) {
            return "";
        }
        for (int i = 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c == ';' || c == '#') && Character.isWhitespace(line.charAt(i - 1))) {
                return line.substring(0, i).stripTrailing();
            }
        }
        return line.stripTrailing();
    }

    private void line(String line, int number) {
        if (line.isBlank()) {
            return;
        }
        int indent = line.length() - line.stripLeading().length();
        String bare = line.strip();
        if (!key.isEmpty() && indent > keyIndent) {
            section.computeIfPresent(
                    key, (same, first) -> new Setting(same, first.value() + "\n" + bare, first.position()));
        } else if (bare.startsWith("[") && bare.indexOf(']') > 1) {
            header(bare.substring(1, bare.indexOf(']')), number);
        } else {
            setting(bare, number);
            keyIndent = indent;
        }
    }

    private void header(String name, int number) {
        headers.putIfAbsent(name, new Position(file, number, 0));
        section = sections.computeIfAbsent(name, unused -> new LinkedHashMap<>());
        key = "";
    }

    private void setting(String line, int number) {
        key = "";
        int end = delimiter(line);
        Position position = new Position(file, number, 0);
        if (headers.isEmpty()) {
            problems.add(new Problem(position, "", "a key before any section", "supervisord refuses the file too"));
        } else if (end <= 0) {
            problems.add(new Problem(position, "", "neither a section nor key=value", "supervisord refuses it too"));
        } else {
            key = line.substring(0, end).strip().toLowerCase(Locale.ROOT);
            section.put(key, new Setting(key, line.substring(end + 1).strip(), position));
        }
    }

    private static int delimiter(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '=' || line.charAt(i) == ':') {
                return i;
            }
        }
        return -1;
    }
}
