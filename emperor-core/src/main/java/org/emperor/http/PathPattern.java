package org.emperor.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A path whose segments in braces capture whatever stands there, a slash excepted. */
record PathPattern(String text) {

    /** What the segments in braces captured, or empty if the path is another one. */
    Optional<List<String>> match(String path) {
        String[] wanted = text.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        List<String> captured = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{") && !given[i].isEmpty()) {
                captured.add(given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(captured);
    }
}
