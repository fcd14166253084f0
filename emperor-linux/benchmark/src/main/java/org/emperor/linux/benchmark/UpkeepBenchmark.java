package org.emperor.linux.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the emperor takes for itself while nothing happens: memory by number of vassals, processor time with the most. */
final class UpkeepBenchmark {
    private static final Duration QUIET = Duration.ofSeconds(10); // the compiler works on after the last launch
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final String NOTE = """
            Proportional set size of the daemon and of its jail-inits (not of the programs), and the processor time of all threads
            of the daemon over %d s without an event; all of it %d s after the last one.""".formatted(IDLE.toSeconds(), QUIET.toSeconds());

    private final Courts courts;
    private final Programs programs;

    UpkeepBenchmark(Courts courts, Programs programs) {
        this.courts = courts;
        this.programs = programs;
    }

    Table run() throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        try (Supervisor emperor = courts.emperor(Shape.NONE)) {
            emperor.drop(0);
            emperor.start();
            emperor.nextStamp(); // so that all classes a launch needs are loaded: an emperor that never launched is
            // none
            emperor.remove(0);
            rows.add(memory(emperor, 0));
            rows.add(memory(emperor, grow(emperor, 0, 100)));
            rows.add(memory(emperor, grow(emperor, 100, 1000)));
            rows.add(idle(emperor));
            emperor.stop();
        }
        return new Table("Upkeep", NOTE, List.of("what", "emperor", "jail-inits", "together", "budget"), rows);
    }

    private static int grow(Supervisor emperor, int from, int to) throws IOException, InterruptedException {
        for (int vassal = from; vassal < to; vassal++) {
            emperor.drop(vassal);
        }
        emperor.lastStamp(to - from);
        return to;
    }

    private static List<String> memory(Supervisor emperor, int vassals) throws IOException, InterruptedException {
        Thread.sleep(QUIET.toMillis());
        long own = Procfs.proportionalKibibytes(emperor.pid());
        long inits = 0;
        for (long pid : Procfs.processes(arguments -> arguments.get(0).equals("jail-init"))) {
            inits += Procfs.isChild(pid, emperor.pid()) ? Procfs.proportionalKibibytes(pid) : 0;
        }
        String verdict =
                switch (vassals) {
                    case 0 -> Budget.value(56, "MiB").verdict((own + inits) / 1024.0);
                    case 1000 -> Budget.value(90, "MiB").verdict((own + inits) / 1024.0);
                    default -> "";
                };
        return List.of(
                "memory with " + vassals + " vassals, MiB",
                Numbers.mebibytes(own),
                Numbers.mebibytes(inits),
                Numbers.mebibytes(own + inits),
                verdict);
    }

    private List<String> idle(Supervisor emperor) throws IOException, InterruptedException {
        Thread.sleep(QUIET.toMillis());
        long before = processorTime(emperor.pid());
        long begin = System.nanoTime();
        Thread.sleep(IDLE.toMillis());
        long used = processorTime(emperor.pid()) - before;
        double millisecondsPerSecond = 1e3 * used / (System.nanoTime() - begin);
        return List.of(
                "idle with 1000 vassals, ms per s",
                Numbers.digits(millisecondsPerSecond),
                "",
                "",
                Budget.value(0.5, "ms per s").verdict(millisecondsPerSecond));
    }

    /** Of all threads, in nanoseconds. */
    private long processorTime(long pid) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(programs.cpuTime().toString(), Long.toString(pid))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("cannot read the processor time of process " + pid);
        }
        return Long.parseLong(text.strip());
    }
}
