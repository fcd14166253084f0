package org.emperor.linux.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How long turns of the emperor's loop took while many vassals came up and back, as its own histogram says.
 *
 * @param cumulative turns by the bound in seconds that they did not exceed
 */
record TurnTimes(NavigableMap<Double, Long> cumulative) {
    private static final String BUCKET = "emperor_turn_seconds_bucket{le=\"";
    private static final List<Double> SHOWN = List.of(0.001, 0.01, 0.05);
    private static final double BUDGET_SECONDS = 0.05;
    private static final double MOST_TURNS = 0.99;

    static TurnTimes parse(String metrics) {
        NavigableMap<Double, Long> buckets = new TreeMap<>();
        metrics.lines().filter(line -> line.startsWith(BUCKET)).forEach(line -> {
            String bound = line.substring(BUCKET.length(), line.indexOf('"', BUCKET.length()));
            double seconds = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
            buckets.put(seconds, Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)));
        });
        if (buckets.isEmpty()) {
            throw new IllegalStateException("no histogram of turns in " + metrics);
        }
        return new TurnTimes(buckets);
    }

    static Table table(List<List<String>> rows) {
        String note =
                "Share of the turns of the emperor's loop, without their waits, from its start to the last vassal back.";
        return new Table("Turns", note, List.of("what", "turns", "≤ 1 ms", "≤ 10 ms", "≤ 50 ms", "budget"), rows);
    }

    List<String> row(String what) {
        long all = cumulative.lastEntry().getValue();
        List<String> cells = new ArrayList<>(List.of(what, Long.toString(all)));
        SHOWN.forEach(bound -> cells.add(String.format("%.2f %%", 100.0 * share(bound))));
        cells.add("99 % ≤ 50 ms: " + (share(BUDGET_SECONDS) >= MOST_TURNS ? "kept" : "missed"));
        return cells;
    }

    private double share(double bound) {
        return (double) cumulative.floorEntry(bound).getValue()
                / cumulative.lastEntry().getValue();
    }
}
