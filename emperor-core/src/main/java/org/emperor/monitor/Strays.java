package org.emperor.monitor;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Files that were in a directory whose place another one took: nobody removed them, so that their vassals run on. */
final class Strays {
    private final SortedSet<Path> files = new TreeSet<>();

    void add(Path file) {
        files.add(file);
    }

    void remove(Path file) {
        files.remove(file);
    }

    boolean contains(Path file) {
        return files.contains(file);
    }

    void clear() {
        files.clear();
    }

    Optional<String> trouble(Path directory) {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Escaped.of(directory.toString()) + " was replaced and has no " + Escaped.names(files)
                + "; their vassals run on; to end one, put its file there and remove it");
    }
}
