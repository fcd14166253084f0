package org.emperor.linux.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes supervisors, each with a directory, state and FIFO of its own. */
final class Courts {
    private static final String LOYAL_AFTER = "10ms";

    private final Programs programs;
    private final Path scratch;
    private final List<String> emperor;
    private int count;

    /** @param emperor the command that {@code run} and its options follow */
    Courts(Programs programs, Path scratch, List<String> emperor) {
        this.programs = programs;
        this.scratch = scratch;
        this.emperor = List.copyOf(emperor);
    }

    /** Raw first: it is what the others are compared with. */
    List<Supervisor> both(Shape shape) throws IOException {
        return List.of(raw(shape), emperor(shape));
    }

    private Supervisor raw(Shape shape) throws IOException {
        Path place = place();
        Stamps stamps = new Stamps(place.resolve("fifo"));
        List<String> command = List.of(
                programs.rawReign().toString(),
                place.resolve("vassals").toString(),
                shape.namespaces(),
                stamps.fifo().toString(),
                programs.stamp().toString());
        return new Supervisor("raw", place, stamps, "", command);
    }

    Supervisor emperor(Shape shape) throws IOException {
        Path place = place();
        Stamps stamps = new Stamps(place.resolve("fifo"));
        List<String> command = new ArrayList<>(emperor);
        command.addAll(List.of("run", "--vassals", place.resolve("vassals").toString()));
        command.addAll(List.of("--state-dir", place.resolve("state").toString()));
        command.addAll(List.of("--log-dir", place.resolve("logs").toString(), "--http", "none"));
        String file = "[vassal]\nexec = " + programs.stamp() + " " + stamps.fifo() + " %d\nloyal-after = " + LOYAL_AFTER
                + "\n" + shape.settings(scratch);
        return new Supervisor("emperor", place, stamps, file, command);
    }

    /** An operator's edit does not come in the first second: a supervisor has done by then what it does once. */
    static void waitUntilCalm() throws InterruptedException {
        Thread.sleep(2000);
    }

    /** Longer than it takes to be loyal, and long enough for everything a launch left behind to be done. */
    static void waitUntilLoyal() throws InterruptedException {
        Thread.sleep(40);
    }

    private Path place() throws IOException {
        return Files.createDirectories(scratch.resolve("court" + count++));
    }
}
