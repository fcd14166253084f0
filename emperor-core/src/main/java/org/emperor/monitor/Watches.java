package org.emperor.monitor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.emperor.jail.FileWatch;

/** The kernel's watches shared by all monitors: a directory is watched as long as somebody holds it. */
final class Watches {
    private final FileWatch watch;
    private final Map<Path, Integer> holders = new HashMap<>();

    Watches(FileWatch watch) {
        this.watch = watch;
    }

    void hold(Path directory) {
        holders.merge(directory, 1, Integer::sum);
    }

    /** Watches a held directory, again if need be: an earlier try may have failed, or its watch may have ended. */
    Optional<String> arm(Path directory) {
        return watch.watch(directory);
    }

    /** Forgets the watch on what was at that path, because something else is there now. */
    void disarm(Path directory) {
        watch.unwatch(directory);
    }

    void release(Path directory) {
        if (holders.merge(directory, -1, Integer::sum) == 0) {
            holders.remove(directory);
            watch.unwatch(directory);
        }
    }

    Optional<Boolean> isQuiet(Path file) {
        return watch.isQuiet(file);
    }
}
