package org.emperor.linux.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one vassal's file, death and touch lead to, and how soon; both supervisors run at the same time and take turns. */
final class ReactionBenchmark {
    private static final int WARM_UP = 50;
    private static final String DROP = "file dropped → first instruction";
    private static final String DEATH = "killed → next first instruction (loyal vassal)";
    private static final String TOUCH = "touched → first instruction in a new jail";
    private static final Map<String, Budget> BUDGETS =
            Map.of(DROP, Budget.value(2, "ms"), DEATH, Budget.value(1.2, "ms"), TOUCH, Budget.value(2, "ms"));
    private static final Budget DEATH_P99 = Budget.value(10, "ms p99");
    private static final String NOTE = """
            To the time stamp that the program's first instruction takes; one vassal without namespaces, resident jail-init, the
            daemon as a separate process. *raw* is a C program that clones for files it gets told of by inotify(7): no parsing, no
            logs, no limits. Both have been idle for two seconds before the first file. Dropped is a rename into the directory; killed is SIGKILL to the program.""";

    private final Courts courts;
    private final Map<String, List<Long>> samples = new LinkedHashMap<>();

    ReactionBenchmark(Courts courts) {
        this.courts = courts;
    }

    Table run(int rounds) throws IOException, InterruptedException {
        List<Supervisor> supervisors = courts.both(Shape.NONE);
        try {
            for (Supervisor supervisor : supervisors) {
                supervisor.start();
            }
            Courts.waitUntilCalm();
            for (int round = 0; round < WARM_UP + rounds; round++) {
                if (round == WARM_UP) {
                    samples.clear();
                }
                for (Supervisor supervisor : supervisors) {
                    takeTurn(supervisor);
                }
            }
            for (Supervisor supervisor : supervisors) {
                supervisor.stop();
            }
        } finally {
            supervisors.forEach(Supervisor::close);
        }
        return table();
    }

    private void takeTurn(Supervisor supervisor) throws IOException, InterruptedException {
        int pid = sample(DROP, supervisor, supervisor.drop(0));
        Courts.waitUntilLoyal();
        long killed = System.nanoTime();
        Posix.kill(pid);
        sample(DEATH, supervisor, killed);
        Courts.waitUntilLoyal();
        pid = sample(TOUCH, supervisor, supervisor.touch(0));
        Courts.waitUntilLoyal();
        supervisor.remove(0);
        while (ProcessHandle.of(pid).isPresent()) {
            Thread.sleep(1);
        }
        Courts.waitUntilLoyal();
    }

    private int sample(String what, Supervisor supervisor, long begin) throws InterruptedException {
        Stamps.Stamp stamp = supervisor.nextStamp();
        samples.computeIfAbsent(what + ": " + supervisor.name(), key -> new ArrayList<>())
                .add(stamp.nanos() - begin);
        return stamp.pid();
    }

    private Table table() {
        List<List<String>> rows = new ArrayList<>();
        for (String what : List.of(DROP, DEATH, TOUCH)) {
            Samples raw = Samples.of(samples.getOrDefault(what + ": raw", List.of()));
            Samples ours = Samples.of(samples.getOrDefault(what + ": emperor", List.of()));
            rows.add(row(what + ": raw", raw, raw, ""));
            rows.add(row(what + ": emperor", ours, raw, verdict(what, ours)));
        }
        return new Table(
                "Reactions", NOTE, List.of("what, by whom", "n", "median ms", "p99 ms", "× raw", "budget"), rows);
    }

    private static String verdict(String what, Samples ours) {
        Budget budget = BUDGETS.get(what);
        String median = budget == null ? "" : budget.verdict(ours.median() / 1e6);
        return what.equals(DEATH) ? median + ", " + DEATH_P99.verdict(ours.percentile(99) / 1e6) : median;
    }

    private static List<String> row(String name, Samples samples, Samples raw, String verdict) {
        return List.of(
                name,
                Integer.toString(samples.count()),
                Numbers.milliseconds(samples.median()),
                Numbers.milliseconds(samples.percentile(99)),
                Numbers.ratio(samples.median(), raw.median()),
                verdict);
    }
}
