package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which directory a path led to: its path without links, and its identity. */
record Place(Path real, String inode) {
    static Place of(Path directory) throws IOException {
        Path real = directory.toRealPath();
        return new Place(real, Stamp.of(real).inode());
    }

    // Written out: those that javac leaves to the first use take a cold start milliseconds each.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place that && real.equals(that.real) && inode.equals(that.inode);
    }

    @Override
    public int hashCode() {
        return 31 * real.hashCode() + inode.hashCode();
    }
}
