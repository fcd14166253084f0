package org.emperor.migration;

import java.util.ArrayList;
import java.util.List;
import org.emperor.lang.Document;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;

/**
 * Reads a unit file by systemd.syntax(7): a backslash at the end of a line goes on with the next one, comments between the
 * two do not end that, and a line that is no assignment is left out by systemd, and told here.
 */
final class UnitText {
    private final String file;
    private final List<Document.Section> sections = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final StringBuilder logical = new StringBuilder();
    private final List<Setting> settings = new ArrayList<>();
    private String section = "";
    private Position header;
    private int begun;

    private UnitText(String file) {
        this.file = file;
        this.header = Position.of(file);
    }

    static Document read(String file, String text) {
        UnitText reader = new UnitText(file);
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            reader.line(line, number);
        }
        reader.flush();
        reader.close();
        return new Document(reader.sections, reader.problems);
    }

    private void line(String physical, int number) {
        String line = physical.stripLeading();
        if (line.startsWith("#") || line.startsWith(";")) {
            return;
        }
        begun = logical.isEmpty() ? number : begun;
        String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (goesOn(bare)) {
            logical.append(bare, 0, bare.length() - 1).append(' ');
        } else {
            logical.append(bare);
            flush();
        }
    }

    /** An odd number of backslashes: of two the first escapes the second. */
    private static boolean goesOn(String line) {
        int at = line.length();
        while (at > 0 && line.charAt(at - 1) == '\\') {
            at--;
        }
        return (line.length() - at) % 2 == 1;
    }

    private void flush() {
        String line = logical.toString().strip();
        logical.setLength(0);
        Position position = new Position(file, begun, 0);
        if (line.isEmpty()) {
            return;
        }
        int equals = line.indexOf('=');
        if (line.startsWith("[") && line.endsWith("]")) {
            open(line.substring(1, line.length() - 1), position);
        } else if (equals <= 0) {
            problems.add(new Problem(position, "", "neither a section nor Key=value", "systemd ignores it"));
        } else if (header.line() == 0) {
            problems.add(new Problem(position, "", "an assignment before any section", "systemd ignores it"));
        } else {
            settings.add(new Setting(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip(),
                    position));
        }
    }

    private void open(String name, Position position) {
        close();
        header = position;
        section = name;
    }

    private void close() {
        if (header.line() > 0) {
            sections.add(new Document.Section(section, header, settings));
        }
        settings.clear();
    }
}
