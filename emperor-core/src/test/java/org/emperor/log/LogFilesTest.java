package org.emperor.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file a vassal's lines go to while others rotate, remove and truncate files. */
class LogFilesTest {
    private static final VassalName WEB = new VassalName("web");
    private static final Duration CHECK = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private Path log;
    private LogFiles files;
    private Moment now = Moment.ZERO;

    @BeforeEach
    void open() {
        log = directory.resolve("web.log");
        files = new LogFiles(directory, () -> now);
    }

    private void write(VassalName vassal, String text) throws IOException {
        files.write(vassal, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void rotatedFileIsWrittenForASecondAtMost() throws IOException {
        write(WEB, "one\n");
        Path rotated = Files.move(log, directory.resolve("web.log.1"));
        write(WEB, "two\n");
        now = now.plus(CHECK);
        write(WEB, "three\n");
        assertEquals("one\ntwo\n", Files.readString(rotated), "nothing is lost meanwhile");
        assertEquals("three\n", Files.readString(log));
        assertEquals(1, open(directory));
    }

    @Test
    void fileThatRotationReplacedIsReopenedToo() throws IOException {
        write(WEB, "one\n");
        Files.move(log, directory.resolve("web.log.1"));
        Files.writeString(log, "made by logrotate\n");
        now = now.plus(CHECK);
        write(WEB, "two\n");
        assertEquals("made by logrotate\ntwo\n", Files.readString(log));
    }

    @Test
    void deletedFileIsLetGo() throws IOException {
        write(WEB, "one\n");
        Files.delete(log);
        now = now.plus(CHECK);
        write(WEB, "two\n");
        assertEquals("two\n", Files.readString(log));
        assertEquals(1, open(directory));
    }

    @Test
    void truncatedFileGoesOnAtItsStart() throws IOException {
        write(WEB, "one\n");
        Files.writeString(log, "");
        write(WEB, "two\n");
        assertEquals("two\n", Files.readString(log));
    }

    @Test
    void thousandsOfVassalsHaveFewFilesOpenAndLoseNothing() throws IOException {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1000; i++) {
                write(new VassalName("v" + i), round + "\n");
            }
        }
        assertTrue(open(directory) <= 256, "open: " + open(directory));
        files.rest();
        assertEquals(0, open(directory));
        for (int i = 0; i < 1000; i++) {
            assertEquals("0\n1\n", Files.readString(directory.resolve("v" + i + ".log")));
        }
    }

    @Test
    void failureLeavesNothingOpen() throws IOException {
        Files.createDirectory(log);
        assertThrows(IOException.class, () -> write(WEB, "one\n"));
        assertEquals(0, open(directory));
    }

    private static long open(Path directory) throws IOException {
        Path real = directory.toRealPath();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(fd -> isIn(real, fd)).count();
        }
    }

    private static boolean isIn(Path directory, Path descriptor) {
        try {
            Path file = Files.readSymbolicLink(descriptor);
            return file.startsWith(directory) && !file.equals(directory);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
