package org.emperor.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;

/** Which namespaces the emperor and its vassals are in, and with whom. */
final class NamespaceMap {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String GAP = "  ";

    private final SortedMap<String, Long> emperor;
    private final List<Row> shown;

    /** By kind and number: the names of those in it. */
    private final Map<String, Map<Long, List<String>>> members;

    private record Row(String name, int pid, SortedMap<String, Long> namespaces) {}

    private NamespaceMap(
            SortedMap<String, Long> emperor, List<Row> shown, Map<String, Map<Long, List<String>>> members) {
        this.emperor = emperor;
        this.shown = shown;
        this.members = members;
    }

    /** @param namespaces tells those of a process; of one that ended meanwhile, none */
    static NamespaceMap of(Standing standing, LongFunction<SortedMap<String, Long>> namespaces) {
        List<Row> rows = new ArrayList<>();
        for (Standing.Vassal vassal : standing.vassals()) {
            SortedMap<String, Long> own = vassal.pid() > 0 ? namespaces.apply(vassal.pid()) : new TreeMap<>();
            rows.add(new Row(vassal.name().text(), vassal.pid(), own));
        }
        Map<String, Map<Long, List<String>>> members = new HashMap<>();
        for (Row row : rows) {
            row.namespaces().forEach((kind, number) -> members.computeIfAbsent(kind, it -> new HashMap<>())
                    .computeIfAbsent(number, it -> new ArrayList<>())
                    .add(row.name()));
        }
        return new NamespaceMap(namespaces.apply(standing.emperor()), rows, members);
    }

    /** With the one vassal alone, which may share with those that are not shown. */
    NamespaceMap only(String name) {
        return new NamespaceMap(
                emperor, shown.stream().filter(row -> row.name().equals(name)).toList(), members);
    }

    /** A line a vassal: numbers, {@code -} for the emperor's own, and {@code =NAME} for the first vassal it shares with. */
    String table() {
        SortedSet<String> kinds = new TreeSet<>(emperor.keySet());
        shown.forEach(row -> kinds.addAll(row.namespaces().keySet()));
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("NAME", "PID"));
        kinds.forEach(kind -> head.add(kind.toUpperCase(java.util.Locale.ROOT)));
        lines.add(head);
        for (Row row : shown) {
            List<String> line =
                    new ArrayList<>(List.of(Printable.of(row.name()), row.pid() > 0 ? "" + row.pid() : "-"));
            kinds.forEach(kind -> line.add(cell(row, kind)));
            lines.add(line);
        }
        return shown.isEmpty() ? "no vassals\n" : aligned(lines);
    }

    private String cell(Row row, String kind) {
        Long number = row.namespaces().get(kind);
        if (number == null) {
            return "?";
        }
        if (number.equals(emperor.get(kind))) {
            return "-";
        }
        return number
                + sharers(row, kind).stream()
                        .findFirst()
                        .map(other -> "=" + other)
                        .orElse("");
    }

    private List<String> sharers(Row row, String kind) {
        return members
                .getOrDefault(kind, Map.of())
                .getOrDefault(row.namespaces().get(kind), List.of())
                .stream()
                .filter(other -> !other.equals(row.name()))
                .toList();
    }

    private static String aligned(List<List<String>> lines) {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        lines.forEach(line -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder one = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                one.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length()))
                        .append(GAP);
            }
            text.append(one.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** For programs: with whom each namespace is shared, all of them. */
    String json() {
        ObjectNode document = MAPPER.createObjectNode();
        emperor.forEach(document.putObject("emperor")::put);
        ArrayNode vassals = document.putArray("vassals");
        for (Row row : shown) {
            ObjectNode vassal = vassals.addObject();
            vassal.put("name", row.name());
            vassal.put("pid", row.pid());
            ObjectNode namespaces = vassal.putObject("namespaces");
            row.namespaces().forEach((kind, number) -> {
                ObjectNode namespace = namespaces.putObject(kind);
                namespace.put("number", number);
                namespace.put("emperor", number.equals(emperor.get(kind)));
                ArrayNode shared = namespace.putArray("shared");
                sharers(row, kind).forEach(shared::add);
            });
        }
        try {
            return MAPPER.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
