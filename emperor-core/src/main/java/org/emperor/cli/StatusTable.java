package org.emperor.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emperor.cli.RealmReport.Row;

/** The report as an aligned table, with what is refused or troubled below it. */
final class StatusTable {
    private static final String GAP = "  ";
    private static final List<Column> COLUMNS = List.of(
            new Column("NAME", false),
            new Column("STATE", false),
            new Column("PID", true),
            new Column("UP", true),
            new Column("LAUNCHES", true),
            new Column("FAILURES", true),
            new Column("REASON", false));
    private static final int STATE = 1;

    private final boolean colour;

    private record Column(String title, boolean right) {}

    StatusTable(boolean colour) {
        this.colour = colour;
    }

    String of(RealmReport report) {
        StringBuilder text = new StringBuilder();
        if (report.vassals().isEmpty()) {
            text.append(report.refused().isEmpty() ? "no vassals\n" : "");
        } else {
            table(text, report);
        }
        report.refused().forEach(file -> {
            text.append("\nrefused ").append(Printable.of(file.id())).append('\n');
            file.problems()
                    .forEach(problem ->
                            text.append(GAP).append(Printable.of(problem)).append('\n'));
        });
        report.troubles()
                .forEach(trouble ->
                        text.append("\ntrouble: ").append(Printable.of(trouble)).append('\n'));
        return text.toString();
    }

    private void table(StringBuilder text, RealmReport report) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(COLUMNS.stream().map(Column::title).toList());
        report.vassals().forEach(row -> lines.add(cells(row, report.time())));
        int[] widths = new int[COLUMNS.size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        line(text, lines.get(0), widths, "");
        for (int i = 1; i < lines.size(); i++) {
            line(text, lines.get(i), widths, colour ? colourOf(report.vassals().get(i - 1)) : "");
        }
    }

    private static List<String> cells(Row row, Instant now) {
        return List.of(
                Printable.of(row.name()),
                row.loyal() ? row.state() + ", loyal" : row.state(),
                row.pid().map(String::valueOf).orElse("-"),
                row.born().map(born -> span(Duration.between(born, now))).orElse("-"),
                String.valueOf(row.launches()),
                String.valueOf(row.failures()),
                Printable.of(reason(row, now)));
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths, String colour) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            String cell = COLUMNS.get(i).right() ? padding + cells.get(i) : cells.get(i) + padding;
            boolean paint = i == STATE && !colour.isEmpty();
            line.append(paint ? colour + cell + "\033[0m" : cell).append(GAP);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static String reason(Row row, Instant now) {
        Stream<String> parts = Stream.of(
                row.editRefused() ? "last edit refused" : "",
                row.reason().isEmpty()
                        ? row.last().map(last -> "last ended with " + last).orElse("")
                        : row.reason(),
                row.nextAttempt()
                        .filter(next -> next.isAfter(now))
                        .map(next -> "next attempt in " + span(Duration.between(now, next)))
                        .orElse(""));
        return String.join("; ", parts.filter(part -> !part.isEmpty()).toList());
    }

    /** The two largest units; less than a second is a second still to go. */
    static String span(Duration duration) {
        long seconds = Math.max(0, duration.plusMillis(999).toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m " + seconds % 60 + "s";
        }
        long hours = seconds / 3600;
        return hours < 24 ? hours + "h " + seconds % 3600 / 60 + "m" : hours / 24 + "d " + hours % 24 + "h";
    }

    private static String colourOf(Row row) {
        return switch (row.state()) {
            case "running", "ready" -> row.editRefused() ? "\033[33m" : "\033[32m";
            case "starting", "stopping" -> "\033[34m";
            case "waiting" -> "\033[33m";
            case "failed", "refused" -> "\033[31m";
            default -> "";
        };
    }
}
