package org.emperor.monitor;

import java.nio.file.Path;
import java.util.List;

/** The files of a directory by name, and whether it is the directory that was listed before. */
record Listing(List<Path> files, Ground ground) {

    enum Ground {
        SAME,
        /** Another directory or a link is in its place: somebody removed, moved, mounted, unmounted or linked one. */
        REPLACED,
        /** A symbolic link on the way is still one, and was turned to another directory. */
        TURNED
    }
}
