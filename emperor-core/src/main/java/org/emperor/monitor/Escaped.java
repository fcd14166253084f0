package org.emperor.monitor;

import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/** A file name as it is safe to show: whatever could steer a terminal or look like something else becomes an escape. */
final class Escaped {
    private static final int MOST_NAMED = 5;

    private Escaped() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '\\') {
                shown.append("\\\\");
            } else if (c < ' ' || c > '~') {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }

    /** The names of some of these files, and how many more there are. */
    static String names(Collection<Path> files) {
        String named = files.stream()
                .limit(MOST_NAMED)
                .map(file -> of(VassalFileName.textOf(file)))
                .collect(Collectors.joining(", "));
        return files.size() > MOST_NAMED ? named + " and " + (files.size() - MOST_NAMED) + " more" : named;
    }
}
