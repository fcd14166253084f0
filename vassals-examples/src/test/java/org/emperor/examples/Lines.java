package org.emperor.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process prints, line by line, as events to wait for. */
final class Lines {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String END = "(end of output)";

    private final BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    Lines(InputStream output) {
        Thread reader = new Thread(() -> read(output), "output");
        reader.setDaemon(true);
        reader.start();
    }

    /** The next line that contains the pattern; those before it are skipped. */
    MatchResult await(String pattern) {
        long end = System.nanoTime() + LIMIT.toNanos();
        Pattern wanted = Pattern.compile(pattern);
        for (String line = next(end); !line.equals(END); line = next(end)) {
            Matcher matcher = wanted.matcher(line);
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
        }
        throw new AssertionError("no line with " + pattern + " in\n" + String.join("\n", seen));
    }

    /** All lines until the output ends. */
    List<String> all() {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!next(end).equals(END)) {
            // next remembers it
        }
        return List.copyOf(seen);
    }

    private String next(long end) {
        try {
            String line = arriving.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("nothing more in time after\n" + String.join("\n", seen));
            }
            seen.add(line);
            return line;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read(InputStream output) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                arriving.add(line);
            }
        } catch (IOException closed) {
            // A terminal whose other side is gone ends with an error; that is its end of output.
        } finally {
            arriving.add(END);
        }
    }
}
