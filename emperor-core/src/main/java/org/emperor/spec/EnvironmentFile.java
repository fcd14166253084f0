package org.emperor.spec;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;

/**
 * Reads a file of variables: {@code NAME=VALUE} lines, blank lines and comments. A value in single or double quotes loses
 * them, as a shell's would; otherwise it is literal. Messages never quote a value.
 */
final class EnvironmentFile {
    private static final String KEY = "env-file";

    private final String file;
    private final Report report;
    private final Map<String, String> variables = new LinkedHashMap<>();

    private EnvironmentFile(String file, Report report) {
        this.file = file;
        this.report = report;
    }

    static Map<String, String> read(String file, byte[] content, Report report) {
        EnvironmentFile reader = new EnvironmentFile(file, report);
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            reader.line(lines[i].strip(), i + 1);
        }
        return reader.variables;
    }

    private void line(String line, int number) {
        if (line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == ';') {
            return;
        }
        Parsed<Map.Entry<String, String>> parsed = Forms.assignment(line).then(variable -> unquoted(variable.getValue())
                .then(value -> Parsed.value(Map.entry(variable.getKey(), value))));
        if (parsed instanceof Parsed.Unfit<Map.Entry<String, String>> unfit) {
            report.add(new Problem(new Position(file, number, 0), KEY, unfit.rule(), unfit.remedy()));
        }
        parsed.value().ifPresent(variable -> variables.put(variable.getKey(), variable.getValue()));
    }

    private static Parsed<String> unquoted(String value) {
        if (!value.startsWith("\"") && !value.startsWith("'")) {
            return Parsed.value(value);
        }
        return Words.parse(value).then(EnvironmentFile::onlyWord);
    }

    private static Parsed<String> onlyWord(List<String> words) {
        return words.size() == 1
                ? Parsed.value(words.get(0))
                : Parsed.unfit("something after the closing quote", "quote the whole value");
    }
}
