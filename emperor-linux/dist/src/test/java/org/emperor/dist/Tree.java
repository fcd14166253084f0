package org.emperor.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The assembled tree. */
final class Tree {
    private Tree() {}

    static Path path() {
        try {
            return Path.of("target/emperor").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("no tree; it is assembled by mvn package", e);
        }
    }

    static String launcher() {
        return path().resolve("bin/emperor").toString();
    }
}
