package org.emperor.linux.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that launches on demand: for a line {@code N} (and more words, if it measures more than one thing) it answers
 * with N lines of numbers. So whoever is measured makes its processes itself, and this JVM's start is in no number.
 */
final class Driver implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    Driver(String name, List<String> command) {
        this.name = name;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        orders = process.outputWriter(StandardCharsets.US_ASCII);
        answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * @return the numbers of each of the launches, nanoseconds
     * @throws IllegalStateException if the process ended, which it does after saying why on standard error
     */
    List<long[]> run(int launches, String what) {
        try {
            orders.write(launches + " " + what + "\n");
            orders.flush();
            List<long[]> numbers = new ArrayList<>();
            for (int i = 0; i < launches; i++) {
                numbers.add(numbers(answers.readLine()));
            }
            return numbers;
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private long[] numbers(@org.jspecify.annotations.Nullable String line) {
        if (line == null) {
            throw new IllegalStateException(name + " ended in the middle of a measurement");
        }
        return java.util.Arrays.stream(line.split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    /** The end of its standard input ends it. */
    @Override
    public void close() {
        try {
            orders.close();
            process.waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
