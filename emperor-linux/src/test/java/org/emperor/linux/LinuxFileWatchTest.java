package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.emperor.jail.FileWatch;
import org.emperor.linux.sys.Kernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class LinuxFileWatchTest {
    @TempDir
    Path root;

    private final FileWatch watch =
            new LinuxFileWatch(new Kernel(NativeFiles.find().library()));
    private Path real;
    private Path link;

    @BeforeEach
    void twoWaysToOneDirectory() throws IOException {
        real = Files.createDirectory(root.resolve("real"));
        link = Files.createSymbolicLink(root.resolve("link"), real);
        assertEquals(Optional.empty(), watch.watch(real));
        assertEquals(Optional.empty(), watch.watch(link));
    }

    @AfterEach
    void end() {
        watch.close();
    }

    @Test
    void changeIsToldUnderEveryPathThatLeadsToIt() throws IOException {
        Files.createFile(real.resolve("api.ini"));
        assertEquals(Set.of(real, link), told(2));
    }

    @Test
    void directoryIsWatchedUntilItsLastPathIsNot() throws IOException {
        watch.unwatch(link);
        Files.createFile(real.resolve("api.ini"));
        assertEquals(Set.of(real), told(1));
    }

    @Test
    void pathThatLeadsElsewhereLaterTellsOfThatAlone() throws IOException {
        Path other = Files.createDirectory(root.resolve("other"));
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        assertEquals(Optional.empty(), watch.watch(link));
        Files.createFile(real.resolve("api.ini"));
        assertEquals(Set.of(real), told(1));
        Files.createFile(other.resolve("api.ini"));
        assertEquals(Set.of(link), told(1));
    }

    private Set<Path> told(int directories) {
        Set<Path> told = new HashSet<>();
        for (int tries = 0; told.size() < directories && tries < 100; tries++) {
            watch.await(Duration.ofMillis(100)).forEach(note -> told.add(note.directory()));
        }
        watch.await(Duration.ofMillis(50)).forEach(note -> told.add(note.directory()));
        return told;
    }
}
