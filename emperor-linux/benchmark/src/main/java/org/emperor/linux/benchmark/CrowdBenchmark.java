package org.emperor.linux.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Many vassals: from the start of the supervisor until all are up, all killed at once until all are back, all stopped. */
final class CrowdBenchmark {
    static final String NOTE = """
            *up*: from the start of the supervisor with all files in place to the first instruction of the last program; with one
            vassal that is the start-up time of the daemon. *back*: from the first of that many kills in a row to the first
            instruction of the last new program. *stopped*: from SIGTERM to the supervisor's end.""";

    private final Courts courts;
    private final Shape shape;
    private final int vassals;
    private final Map<String, List<Long>> samples = new LinkedHashMap<>();
    private Optional<TurnTimes> turns = Optional.empty();

    CrowdBenchmark(Courts courts, Shape shape, int vassals) {
        this.courts = courts;
        this.shape = shape;
        this.vassals = vassals;
    }

    List<List<String>> run(int rounds) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (Supervisor supervisor : courts.both(shape)) {
                try (supervisor) {
                    reign(supervisor);
                }
            }
        }
        List<List<String>> rows = new ArrayList<>();
        samples.keySet().forEach(key -> rows.add(row(key)));
        rows.sort(java.util.Comparator.comparing(row -> place(row.get(0))));
        return rows;
    }

    /** The turns of the last emperor's loop, as a row of {@link TurnTimes#table}. */
    List<String> turns() {
        return turns.orElseThrow().row(vassals + " vassals, " + shape);
    }

    private void reign(Supervisor supervisor) throws IOException, InterruptedException {
        for (int vassal = 0; vassal < vassals; vassal++) {
            supervisor.drop(vassal);
        }
        long begin = supervisor.start();
        add("up", supervisor, supervisor.lastStamp(vassals).nanos() - begin);
        Courts.waitUntilLoyal();
        List<Long> programs = supervisor.programs();
        long killed = System.nanoTime();
        programs.forEach(Posix::kill);
        add("back", supervisor, supervisor.lastStamp(vassals).nanos() - killed);
        Courts.waitUntilLoyal();
        turns = supervisor.metrics().map(TurnTimes::parse);
        add("stopped", supervisor, supervisor.stop());
    }

    private void add(String what, Supervisor supervisor, long nanos) {
        samples.computeIfAbsent(what + ": " + supervisor.name(), key -> new ArrayList<>())
                .add(nanos);
    }

    private static int place(String name) {
        return List.of("up", "back", "stopped").indexOf(name.replaceAll(".*, ([a-z]+): .*", "$1")) * 2
                + (name.endsWith("raw") ? 0 : 1);
    }

    private List<String> row(String key) {
        Samples mine = Samples.of(samples.getOrDefault(key, List.of()));
        String what = key.substring(0, key.indexOf(':'));
        Samples raw = Samples.of(samples.getOrDefault(what + ": raw", List.of()));
        String verdict = key.endsWith("emperor")
                ? budget(what, raw.median())
                        .map(budget -> budget.verdict(mine.median() / 1e9))
                        .orElse("")
                : "";
        return List.of(
                vassals + " vassals, " + shape + ", " + key,
                Integer.toString(mine.count()),
                Numbers.seconds(mine.median()),
                Numbers.seconds(mine.percentile(100)),
                Numbers.ratio(mine.median(), raw.median()),
                verdict);
    }

    /** The budgets are those of one, a thousand and ten thousand vassals. */
    private Optional<Budget> budget(String what, long raw) {
        if (vassals == 1) {
            return what.equals("up") ? Optional.of(Budget.value(0.25, "s")) : Optional.empty();
        }
        if (vassals == 10_000) {
            return Optional.of(Budget.value(20, "s"));
        }
        if (vassals != 1000 || what.equals("stopped")) {
            return Optional.empty();
        }
        boolean up = what.equals("up");
        if (shape == Shape.NONE) {
            return Optional.of(Budget.value(up ? 1.0 : 0.6, "s"));
        }
        double most = 1.2 * raw / 1e9 + (up ? 0.3 : 0);
        return Optional.of(new Budget(most, up ? "≤ 1.2 × raw + 0.3 s" : "≤ 1.2 × raw"));
    }
}
