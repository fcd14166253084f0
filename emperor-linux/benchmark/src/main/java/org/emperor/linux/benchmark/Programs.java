package org.emperor.linux.benchmark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the programs lie that the benchmark runs: those it was built with, and the peers if they are installed. */
record Programs(Path directory) {

    static Programs find() {
        try {
            Path classes = Path.of(Programs.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Programs(classes.resolveSibling("native"));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path noOp() {
        return directory.resolve("no-op");
    }

    Path stamp() {
        return directory.resolve("stamp");
    }

    Path rawClone() {
        return directory.resolve("raw-clone");
    }

    Path rawReign() {
        return directory.resolve("raw-reign");
    }

    Path cpuTime() {
        return directory.resolve("cpu-time");
    }

    /** A program on PATH. */
    static Optional<Path> installed(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(":", -1))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Fills a directory to be the root of a jail: the no-op program, and a place for proc. */
    void makeRoot(Path root) throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("dev"));
        Files.copy(noOp(), root.resolve("no-op"));
    }
}
