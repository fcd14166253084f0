package org.emperor.spec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Question;
import org.emperor.lang.Setting;
import org.emperor.lang.Surroundings;

/**
 * Reads a directory of variables, as envdir of daemontools and uWSGI do: each file is a variable of its name, its content the
 * value without blanks and newlines at the end, NUL in it a newline. An empty file leaves the variable out. Hidden files do
 * not count. Messages never quote a value.
 */
final class EnvironmentDirectory {
    private final Setting setting;
    private final Surroundings surroundings;
    private final Report report;

    EnvironmentDirectory(Setting setting, Surroundings surroundings, Report report) {
        this.setting = setting;
        this.surroundings = surroundings;
        this.report = report;
    }

    void read(Map<String, String> variables, Set<String> unset) {
        String directory = withoutEnd("/", setting.value());
        Question all = new Question(Question.Kind.GLOB, directory + "/*");
        List<String> files = all.answer(surroundings);
        report.asked(all, files);
        if (files.isEmpty() && !surroundings.isDirectory(directory)) {
            report.add(setting, "is no directory", "make it, or correct the path");
        }
        for (String file : files) {
            if (!file.endsWith("/")) { // a directory
                read(file, file.substring(directory.length() + 1), variables, unset);
            }
        }
    }

    private void read(String file, String name, Map<String, String> variables, Set<String> unset) {
        if (Forms.variable(name) instanceof Parsed.Unfit<String> unfit) {
            add(file, "the name " + unfit.rule(), unfit.remedy());
            return;
        }
        report.read(file);
        Surroundings.Source source = surroundings.read(file);
        if (source instanceof Surroundings.Source.Refused refused) {
            add(file, refused.reason(), refused.remedy());
            return;
        }
        byte[] bytes = ((Surroundings.Source.Content) source).bytes();
        if (bytes.length == 0) {
            variables.remove(name);
            unset.add(name);
        } else {
            String value = withoutEnd(" \t\r\n", new String(bytes, StandardCharsets.UTF_8));
            variables.put(name, value.replace('\0', '\n'));
        }
    }

    /** By hand: a pattern would try every run of such characters from each of them on, minutes for a file of blanks. */
    private static String withoutEnd(String unwanted, String text) {
        int end = text.length();
        while (end > 0 && unwanted.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    private void add(String file, String rule, String remedy) {
        report.add(new Problem(Position.of(file), setting.key(), rule, remedy));
    }
}
