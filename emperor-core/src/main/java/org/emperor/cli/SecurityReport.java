package org.emperor.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.emperor.jail.Protection;
import org.emperor.spec.VassalSpec;

/** What {@code emperor security} found of one vassal. */
record SecurityReport(VassalSpec vassal, String platform, List<Protection> protections) {
    SecurityReport {
        protections = List.copyOf(protections);
    }

    /** A line for each protection, and one for all. */
    String text() {
        StringBuilder text = new StringBuilder();
        int widest =
                protections.stream().mapToInt(it -> it.name().length()).max().orElse(0);
        for (Protection protection : protections) {
            String detail = protection.detail().isEmpty() ? "" : protection.detail() + "; ";
            text.append(String.format(
                    "%-" + widest + "s  %-6s  %s%s%n",
                    protection.name(),
                    word(protection.state()),
                    Printable.of(detail),
                    Printable.of(protection.why())));
        }
        long off = protections.stream()
                .filter(it -> it.state() == Protection.State.OFF)
                .count();
        text.append("vassal ")
                .append(vassal.name())
                .append(" on ")
                .append(platform)
                .append(": ");
        if (protections.isEmpty()) {
            return text.append("nothing is known of its protection\n").toString();
        }
        return text.append(protections.size() - off)
                .append(" on, ")
                .append(off)
                .append(" off\n")
                .toString();
    }

    String json() {
        ObjectNode report = new ObjectMapper().createObjectNode();
        report.put("vassal", vassal.name().text());
        report.put("file", vassal.file());
        report.put("platform", platform);
        ArrayNode all = report.putArray("protections");
        for (Protection protection : protections) {
            all.addObject()
                    .put("name", protection.name())
                    .put("state", word(protection.state()))
                    .put("detail", protection.detail())
                    .put("why", protection.why());
        }
        return report.toPrettyString() + "\n";
    }

    private static String word(Protection.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
