package org.emperor.linux.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param parts empty for all but {@code multitude}
 * @param percent of the usual number of rounds
 * @param document whose measured part is to be replaced
 * @param emperor the launcher of the daemon; without it a plain JVM runs it
 */
record BenchmarkOptions(List<String> parts, int percent, Optional<Path> document, Optional<Path> emperor) {
    private static final List<String> KNOWN = List.of("launch", "reactions", "crowd", "multitude", "upkeep", "reading");
    static final String USAGE = "usage: bench [" + String.join("|", KNOWN)
            + "]... [--rounds PERCENT] [--write DOCUMENT] [--emperor LAUNCHER]";

    BenchmarkOptions {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException with a message for whoever typed it */
    static BenchmarkOptions parse(List<String> arguments) {
        List<String> parts = new ArrayList<>();
        int percent = 100;
        Optional<Path> document = Optional.empty();
        Optional<Path> emperor = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--rounds" -> percent = percent(value(arguments, ++i));
                case "--write" -> document = Optional.of(Path.of(value(arguments, ++i)));
                case "--emperor" -> emperor = Optional.of(Path.of(value(arguments, ++i)));
                default -> parts.add(part(argument));
            }
        }
        return new BenchmarkOptions(parts, percent, document, emperor);
    }

    private static String value(List<String> arguments, int at) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException(arguments.get(at - 1) + " needs a value");
        }
        return arguments.get(at);
    }

    private static int percent(String text) {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException("--rounds needs a percentage from 1 to 9999, not " + text);
        }
        return Integer.parseInt(text);
    }

    private static String part(String text) {
        if (!KNOWN.contains(text)) {
            throw new IllegalArgumentException("cannot measure " + text);
        }
        return text;
    }

    /** Ten thousand vassals are measured only where asked for: not every machine has the limits. */
    boolean wants(String part) {
        return parts.isEmpty() ? !part.equals("multitude") : parts.contains(part);
    }

    int rounds(int usual) {
        return Math.max(1, usual * percent / 100);
    }
}
