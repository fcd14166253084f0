package org.emperor.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The emperor as the first process of a PID namespace that {@code unshare} made, with all rights. */
class BareNamespaceTest extends FirstProcessContract {

    @Override
    FirstProcess start(List<String> words) {
        List<String> command =
                new ArrayList<>(List.of("unshare", "--fork", "--pid", "--mount-proc", "--kill-child", Tree.launcher()));
        command.addAll(words);
        Path output = place.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            return new Unshared(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Unshared(Process unshare, Path file) implements FirstProcess {

        @Override
        public long pid() {
            return emperor().pid();
        }

        @Override
        public int terminate() {
            emperor().destroy();
            try {
                return unshare.waitFor();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String output() {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            if (unshare.isAlive()) {
                terminate();
            }
        }

        private ProcessHandle emperor() {
            return unshare.children().findFirst().orElseThrow();
        }
    }
}
