package org.emperor.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the test's own on the host, as python for what Java cannot say: descriptors over sockets. */
final class Script implements AutoCloseable {
    private final Process process;

    private Script(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // should the tests be interrupted
    }

    static Script begin(List<String> words) {
        try {
            return new Script(new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words of a python program with its arguments. */
    static List<String> python(String program, String... arguments) {
        List<String> words = new ArrayList<>(List.of("/usr/bin/python3", "-c", program));
        words.addAll(List.of(arguments));
        return words;
    }

    int pid() {
        return (int) process.pid();
    }

    /** Also waits for it. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
