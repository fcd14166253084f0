package org.emperor.monitor;

import java.nio.file.Path;
import java.util.Optional;

/** The kernel's watches: a directory is watched as long as somebody holds it. */
interface Watches {
    void hold(Path directory);

    /** Watches a held directory, again if need be: an earlier try may have failed, or its watch may have ended. */
    Optional<String> arm(Path directory);

    /** Forgets the watch on what was at that path, because something else is there now. */
    void disarm(Path directory);

    void release(Path directory);

    Optional<Boolean> isQuiet(Path file);
}
