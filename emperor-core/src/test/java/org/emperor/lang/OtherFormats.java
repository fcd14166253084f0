package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the settings of an INI file as another format says them; what it cannot say is an error of the case. */
final class OtherFormats {
    private record Line(String key, String value) {}

    private OtherFormats() {}

    static String write(String format, String ini) {
        List<Line> lines = lines(ini);
        return switch (format) {
            case "yaml" -> "vassal:\n" + entries(lines, "  ", ": ", "\n");
            case "toml" -> "[vassal]\n" + entries(lines, "", " = ", "\n");
            case "json" ->
                "{\"vassal\": {\n" + entries(lines, "  ", ": ", ",\n").replaceFirst(",\n$", "\n") + "}}\n";
            case "xml" -> xml(lines);
            default -> throw new IllegalArgumentException(format);
        };
    }

    private static List<Line> lines(String ini) {
        List<Line> lines = new ArrayList<>();
        for (String written : ini.split("\n")) {
            String line = written.strip();
            if (line.isEmpty() || line.charAt(0) == ';' || line.charAt(0) == '#' || line.equals("[vassal]")) {
                continue;
            }
            assertFalse(line.startsWith("["), "only one section can be said: " + line);
            int equals = line.indexOf('=');
            lines.add(
                    equals < 0
                            ? new Line(line, "")
                            : new Line(
                                    line.substring(0, equals).strip(),
                                    line.substring(equals + 1).strip()));
        }
        return lines;
    }

    /** A key has one place: values of a repeated one become a list, which is only right if nothing stood between them. */
    private static String entries(List<Line> lines, String indent, String colon, String end) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        String last = null;
        for (Line line : lines) {
            if (!line.key().equals(last)) {
                assertNull(values.put(line.key(), new ArrayList<>()), "no order between values of " + line.key());
            }
            values.get(line.key()).add(quoted(line.value()));
            last = line.key();
        }
        StringBuilder text = new StringBuilder();
        values.forEach((key, all) -> text.append(indent)
                .append(quoted(key))
                .append(colon)
                .append(all.size() == 1 ? all.get(0) : all.toString())
                .append(end));
        return text.toString();
    }

    /** A string of JSON, which is one of YAML and of TOML too. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static String xml(List<Line> lines) {
        StringBuilder text = new StringBuilder("<vassal>\n");
        for (Line line : lines) {
            String value =
                    line.value().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
            text.append("  <").append(line.key()).append('>').append(value);
            text.append("</").append(line.key()).append(">\n");
        }
        return text.append("</vassal>\n").toString();
    }
}
