package org.emperor.log;

import static org.emperor.log.LogScene.BEGIN;
import static org.emperor.log.LogScene.WEB;
import static org.emperor.log.LogScene.WEB_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogWriterTest {
    private static final Duration RETRY = Duration.ofSeconds(1);

    @TempDir
    Path root;

    private Path directory;
    private Path log;
    private LogScene scene;

    @BeforeEach
    void reign() throws IOException {
        directory = Files.createDirectory(root.resolve("log"));
        log = directory.resolve("web.log");
        scene = new LogScene(clock -> LogTarget.directory(directory, clock));
    }

    private static String textOf(Path file) throws IOException {
        return Files.readString(file);
    }

    @Test
    void eachVassalHasItsFileReadableToTheGroupOnly() throws IOException {
        scene.output(WEB_1, "one\n")
                .output(new IncarnationId(new VassalName("api"), 1), "two\n")
                .write();
        assertEquals(BEGIN + "| one\n", textOf(log));
        assertEquals(BEGIN + "| two\n", textOf(directory.resolve("api.log")));
        assertFalse(Files.getPosixFilePermissions(log).stream()
                .anyMatch(permission -> permission == PosixFilePermission.OTHERS_READ
                        || permission == PosixFilePermission.GROUP_WRITE));
        assertEquals(new LogCounts(4, 0, 0), scene.counters.of(WEB));
    }

    @Test
    void logOfAnEarlierReignIsContinued() throws IOException {
        Files.writeString(log, "before\n");
        scene.output(WEB_1, "one\n").write();
        assertEquals("before\n" + BEGIN + "| one\n", textOf(log));
    }

    @Test
    void lastWordsAreWrittenAtTheEnd() throws IOException {
        scene.output(WEB_1, "last words").write();
        assertFalse(Files.exists(log), "a line is written when it is whole");
        scene.end(WEB_1).write();
        assertEquals(BEGIN + "| last words\n", textOf(log));
        assertEquals(new LogCounts(10, 0, 0), scene.counters.of(WEB));
    }

    @Test
    void twoIncarnationsDoNotMixTheirLines() throws IOException {
        IncarnationId next = new IncarnationId(WEB, 2);
        scene.output(WEB_1, "old ")
                .output(next, "new ")
                .output(WEB_1, "line\n")
                .output(next, "line\n")
                .write();
        assertEquals(BEGIN + "| old line\n" + BEGIN + "| new line\n", textOf(log));
    }

    @Test
    void sharedStreamNamesTheVassalOnEachLine() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        LogScene shared = new LogScene(clock -> LogTarget.stream(Channels.newChannel(stream), "stderr"));
        shared.output(WEB_1, "one\n" + BEGIN + "api | two\n").write();
        assertEquals(BEGIN + "web | one\n" + BEGIN + "web | " + BEGIN + "api | two\n", stream.toString());
    }

    @Test
    void floodCostsOnlyItsOwnOutputAndSaysHowMuch() throws IOException {
        IncarnationId loud = new IncarnationId(new VassalName("loud"), 1);
        String chunk = "x".repeat(1023) + "\n";
        int chunks = 20_000;
        for (int i = 0; i < chunks; i++) {
            scene.output(loud, chunk);
        }
        scene.output(WEB_1, "one\n").write();
        assertEquals(BEGIN + "| one\n", textOf(log));
        LogCounts counts = scene.counters.of(loud.vassal());
        assertEquals(chunks * 1024L, counts.written() + counts.dropped());
        assertTrue(counts.written() <= 1 << 20, "bounded: " + counts);
        assertTrue(counts.dropped() > 0);
        scene.output(loud, "after\n").write();
        List<String> lines = Files.readAllLines(directory.resolve("loud.log"));
        assertEquals(BEGIN + "[emperor] dropped " + counts.dropped() + " bytes", lines.get(lines.size() - 2));
        assertEquals(BEGIN + "| after", lines.get(lines.size() - 1));
    }

    @Test
    void manyLoudVassalsAreBoundedTogether() {
        long sent = 0;
        String chunk = "x".repeat(64 << 10);
        for (int vassal = 0; vassal < 100; vassal++) {
            for (int i = 0; i < 10; i++) {
                scene.output(new IncarnationId(new VassalName("v" + vassal), 1), chunk);
                sent += chunk.length();
            }
        }
        long dropped = 0;
        for (int vassal = 0; vassal < 100; vassal++) {
            dropped += scene.counters.of(new VassalName("v" + vassal)).dropped();
        }
        assertTrue(sent - dropped <= (16 << 20) + (64 << 10), "16 MiB may wait, not " + (sent - dropped));
    }

    private void fillTheQueue() {
        String chunk = "x".repeat((64 << 10) - 1) + "\n";
        for (int i = 0; i < 300; i++) {
            scene.output(new IncarnationId(new VassalName("loud" + i), 1), chunk);
        }
    }

    @Test
    void incarnationsThatComeAndGoWhileNothingIsWrittenLeaveNothingInTheQueue() {
        fillTheQueue();
        for (int i = 1; i <= 10_000; i++) {
            IncarnationId crashing = new IncarnationId(WEB, i);
            scene.output(crashing, "x").end(crashing);
        }
        int pieces = 0;
        while (scene.queue.take(Duration.ZERO).isPresent()) {
            pieces++;
        }
        assertTrue(pieces < 1000, "pieces: " + pieces);
        assertEquals(new LogCounts(0, 10_000, 0), scene.counters.of(WEB));
    }

    @Test
    void lossOfIncarnationsThatLeftNothingIsToldOnceWithTheNextOutput() throws IOException {
        scene.output(WEB_1, "first\n").end(WEB_1);
        fillTheQueue();
        IncarnationId lost = new IncarnationId(WEB, 2);
        IncarnationId lostToo = new IncarnationId(WEB, 3);
        IncarnationId next = new IncarnationId(WEB, 4);
        scene.output(lost, "two\n").end(lost).output(lostToo, "three").end(lostToo);
        scene.write();
        assertEquals(BEGIN + "| first\n", textOf(log));
        scene.output(next, "four\n").output(next, "five\n").end(next).write();
        assertEquals(
                BEGIN + "| first\n" + BEGIN + "[emperor] dropped 9 bytes\n" + BEGIN + "| four\n" + BEGIN + "| five\n",
                textOf(log));
        assertEquals(new LogCounts(16, 9, 0), scene.counters.of(WEB));
    }

    @Test
    void lossOfAnotherIncarnationIsToldAtTheEndOfOneThatWasQueued() throws IOException {
        IncarnationId lost = new IncarnationId(WEB, 2);
        scene.output(WEB_1, "last words");
        fillTheQueue();
        scene.output(lost, "two\n").end(lost).end(WEB_1).write();
        assertEquals(BEGIN + "| last words\n" + BEGIN + "[emperor] dropped 4 bytes\n", textOf(log));
        assertEquals(new LogCounts(10, 4, 0), scene.counters.of(WEB));
    }

    @Test
    void missingDirectoryIsReportedOncePerVassalAndHealsWithANote() throws IOException {
        Files.delete(directory);
        scene.output(WEB_1, "one\n").output(WEB_1, "two\n").write();
        scene.output(new IncarnationId(new VassalName("api"), 1), "three\n")
                .write()
                .pass(RETRY);
        assertEquals(
                "cannot write log for vassal web: write " + log + ": ENOENT (no such file or directory);"
                        + " output is dropped and counted until that works, which is tried every second",
                scene.reports.get(0));
        assertEquals(2, scene.reports.size());
        assertEquals(new LogCounts(0, 8, 2), scene.counters.of(WEB));
        Files.createDirectory(directory);
        scene.pass(RETRY);
        assertEquals(BEGIN + "[emperor] dropped 8 bytes\n", textOf(log));
        assertEquals("all logs of vassals are written again; 14 bytes were dropped", scene.reports.get(2));
        scene.output(WEB_1, "four\n").write();
        assertEquals(BEGIN + "[emperor] dropped 8 bytes\n" + BEGIN + "| four\n", textOf(log));
        assertEquals(3, scene.reports.size());
    }

    @Test
    void linkIsNotFollowed() throws IOException {
        Path victim = Files.writeString(root.resolve("passwd"), "untouched");
        Files.createSymbolicLink(log, victim);
        scene.output(WEB_1, "one\n").write();
        assertEquals("untouched", textOf(victim));
        assertEquals(1, scene.reports.size());
        assertEquals(new LogCounts(0, 4, 1), scene.counters.of(WEB));
    }

    @Test
    void fifoInPlaceOfTheLogMakesNobodyWait() throws Exception {
        Process mkfifo =
                new ProcessBuilder("mkfifo", log.toString()).inheritIO().start();
        assertTrue(mkfifo.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, mkfifo.exitValue());
        scene.output(WEB_1, "one\n").write();
        assertTrue(scene.reports.get(0).contains("not a regular file"), scene.reports.toString());
    }

    @Test
    void fullDeviceIsAFaultOfThatStreamOnly() throws IOException {
        try (var full =
                java.nio.channels.FileChannel.open(Path.of("/dev/full"), java.nio.file.StandardOpenOption.WRITE)) {
            LogScene shared = new LogScene(clock -> LogTarget.stream(full, "/dev/full"));
            shared.output(WEB_1, "one\n").write();
            for (int i = 0; i < 3; i++) {
                shared.output(WEB_1, "more\n").pass(RETRY);
            }
            assertEquals(new LogCounts(0, 19, 4), shared.counters.of(WEB));
            assertEquals(
                    List.of("cannot write log for vassal web: write /dev/full: No space left on device;"
                            + " output is dropped and counted until that works, which is tried every second"),
                    shared.reports);
        }
    }

    @Test
    void beginningsOfLinesAreBoundedTogether() throws IOException {
        String beginning = "x".repeat(LineCutter.LONGEST);
        int vassals = 400;
        for (int i = 0; i < vassals; i++) {
            scene.output(new IncarnationId(new VassalName("v" + i), 1), beginning)
                    .write();
        }
        long written = 0;
        for (int i = 0; i < vassals; i++) {
            written += scene.counters.of(new VassalName("v" + i)).written();
        }
        assertTrue(vassals * (long) LineCutter.LONGEST - written <= 4 << 20, "held: " + written);
        IncarnationId last = new IncarnationId(new VassalName("v399"), 1);
        scene.output(last, "rest\n").write();
        assertTrue(textOf(directory.resolve("v399.log")).endsWith("x\n" + BEGIN + "+ rest\n"));
    }
}
