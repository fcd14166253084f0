package org.emperor.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program that tells what its jail looks like from inside; built once by cc. */
final class Probe {
    private static final Path SOURCE = Path.of("src/test/native/probe.c");
    private static final Path BUILT = build();

    private Probe() {}

    private static Path build() {
        try {
            Path program = Files.createDirectories(Path.of("target/probe")).resolve("probe");
            Host.run(List.of(
                    "cc", "-O1", "-Wall", "-Wextra", "-Werror", "-static", "-o", program.toString(), "" + SOURCE));
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the program into a directory; its path there is how its processes are known. */
    static Path into(Path directory) {
        try {
            return Files.copy(BUILT, directory.resolve("probe"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
