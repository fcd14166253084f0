package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.Path;

/** Which directory a path led to: its path without links, and its identity. */
record Place(Path real, String inode) {
    static Place of(Path directory) throws IOException {
        Path real = directory.toRealPath();
        return new Place(real, Stamp.of(real).inode());
    }
}
