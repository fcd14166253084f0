package org.emperor.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.monitor.Checked;

/**
 * What {@code emperor check} found.
 *
 * @param checked how many files were read as vassal files
 * @param refused those that a daemon would refuse, in order
 * @param problems of all of them, each once: a problem of a file that many include is one line to correct
 */
record CheckReport(int checked, List<Path> refused, List<Problem> problems) {
    CheckReport {
        refused = List.copyOf(refused);
        problems = List.copyOf(problems);
    }

    static CheckReport of(List<Checked> files) {
        List<Path> refused = new ArrayList<>();
        Set<Problem> problems = new LinkedHashSet<>();
        for (Checked file : files) {
            if (!file.problems().isEmpty()) {
                refused.add(file.file());
                problems.addAll(file.problems());
            }
        }
        return new CheckReport(files.size(), refused, List.copyOf(problems));
    }

    /** A line for each problem, and one for all. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems) {
            text.append(Printable.of(problem.toString())).append('\n');
        }
        text.append(count(checked, "file")).append(" checked: ");
        if (refused.isEmpty()) {
            return text.append("no problem\n").toString();
        }
        text.append(count(problems.size(), "problem")).append(", ");
        return text.append(count(refused.size(), "file")).append(" refused\n").toString();
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    String json() {
        ObjectNode report = new ObjectMapper().createObjectNode();
        report.put("checked", checked);
        ArrayNode files = report.putArray("refused");
        refused.forEach(file -> files.add(file.toString()));
        ArrayNode all = report.putArray("problems");
        for (Problem problem : problems) {
            all.addObject()
                    .put("file", problem.position().file())
                    .put("line", problem.position().line())
                    .put("column", problem.position().column())
                    .put("key", problem.key())
                    .put("rule", problem.rule())
                    .put("remedy", problem.remedy());
        }
        return report.toPrettyString() + "\n";
    }
}
