package org.emperor.linux.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory for everything a benchmark makes, removed with all that is in it; in memory, as {@code /run} with the
 * emperor's state is on most machines.
 */
record Scratch(Path directory) implements AutoCloseable {
    private static final List<Path> PLACES = List.of(Path.of("/run"), Path.of("/dev/shm"));

    static Scratch make() throws IOException {
        for (Path place : PLACES) {
            if (Files.isWritable(place) && Files.getFileStore(place).type().equals("tmpfs")) {
                return new Scratch(Files.createTempDirectory(place, "emperor-benchmark-"));
            }
        }
        return new Scratch(Files.createTempDirectory("emperor-benchmark-"));
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(directory)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
