package org.emperor.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The emperor as it is shipped: the assembled tree's launcher, on the Java that runs the tests. */
final class Launcher {
    private static final Path TREE = Path.of("../emperor-linux/dist/target/emperor");

    private Launcher() {}

    static ProcessBuilder emperor(String... words) {
        return prepared(Stream.concat(Stream.of(path()), Stream.of(words)).toList());
    }

    static ProcessBuilder prepared(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    static String path() {
        try {
            return TREE.toRealPath().resolve("bin/emperor").toString();
        } catch (IOException e) {
            throw new UncheckedIOException("no tree; it is assembled by mvn package", e);
        }
    }

    static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
