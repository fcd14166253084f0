package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be true of an emperor that is process 1, however it came to be that. */
@Tag("pid1")
abstract class FirstProcessContract {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(50);

    @TempDir
    Path place;

    /** Starts it with these words of {@code emperor run}; {@link #place} has the same path for it. */
    abstract FirstProcess start(List<String> words);

    @Test
    void programWithoutJailInitIsItsChild() throws Exception {
        vassal("child", "exec = /bin/sh -c \"echo parent $PPID; exec sleep 600\"\ninit = none\n");
        try (FirstProcess emperor = reign()) {
            await(() -> emperor.output().contains("child | parent 1\n"), emperor);
        }
    }

    @Test
    void orphansAreReapedAndCountedAndNoZombieStays() throws Exception {
        vassal("breeder", """
                exec = /bin/sh -c "for i in 1 2 3 4 5 6 7 8 9 10; do (/bin/sh -c 'sleep 0.2; exit 7' &); done; exec sleep 600"
                init = none
                """);
        try (FirstProcess emperor = reign()) {
            await(() -> orphans() == 10, emperor);
            assertEquals(List.of(), zombies(emperor.pid()));
        }
    }

    @Test
    void stormOfDeathsLeavesNoZombie() throws Exception {
        for (int i = 0; i < 20; i++) {
            vassal("mayfly" + i, "exec = /bin/sh -c \"sleep 0.1; exit 1\"\n");
        }
        try (FirstProcess emperor = reign()) {
            await(() -> count(emperor.output(), "died: exit code 1") >= 40, emperor);
            await(() -> zombies(emperor.pid()).isEmpty(), emperor);
        }
    }

    @Test
    void termStopsAllVassalsAndEndsWithZero() throws Exception {
        vassal("willing", "exec = /bin/sleep 600\n");
        vassal("stubborn", """
                exec = /bin/sh -c "trap '' TERM; echo deaf; while :; do sleep 1; done"
                stop-grace = 1s
                """);
        try (FirstProcess emperor = reign()) {
            await(() -> emperor.output().contains("stubborn | deaf"), emperor);
            await(() -> emperor.output().contains("launched vassal=willing"), emperor);
            int exit = emperor.terminate();
            assertAll(
                    emperor::output,
                    () -> assertEquals(0, exit),
                    () -> assertTrue(emperor.output().contains("stopped vassal=willing")),
                    () -> assertTrue(emperor.output().contains("stopped vassal=stubborn")),
                    () -> assertTrue(emperor.output().contains("the reign is over")));
        }
    }

    private FirstProcess reign() {
        return start(List.of(
                "run",
                "--vassals=" + place.resolve("vassals"),
                "--state-dir=" + place.resolve("state"),
                "--log-dir=-",
                "--http=none"));
    }

    private void vassal(String name, String settings) throws IOException {
        Path vassals = Files.createDirectories(place.resolve("vassals"));
        Files.writeString(vassals.resolve(name + ".ini"), "[vassal]\n" + settings);
    }

    private long orphans() {
        String metrics = ControlSocket.get(place.resolve("state/emperor.sock"), "/metrics");
        Matcher counter =
                Pattern.compile("(?m)^emperor_orphans_reaped_total ([0-9]+)").matcher(metrics);
        return counter.find() ? Long.parseLong(counter.group(1)) : -1;
    }

    private static List<String> zombies(long emperor) {
        return ProcessHandle.of(emperor)
                .orElseThrow()
                .descendants()
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "stat"))
                .map(FirstProcessContract::read)
                .filter(stat -> stat.matches("(?s)[0-9]+ \\(.*\\) Z .*"))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ended) {
            return "";
        }
    }

    private static long count(String text, String word) {
        return Pattern.compile(Pattern.quote(word)).matcher(text).results().count();
    }

    private static void await(BooleanSupplier event, FirstProcess emperor) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!event.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "not in time; printed so far:\n" + emperor.output());
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
