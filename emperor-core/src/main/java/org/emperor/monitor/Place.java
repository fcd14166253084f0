package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.emperor.lang.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Which directory a path led to: its path without links, and its identity.
 *
 * @param links the symbolic links on the way and where each points; another way to the same directory is the same place
 */
record Place(Path real, String inode, Map<Path, Path> links) {
    Place {
        links = Map.copyOf(links);
    }

    static Place of(Path directory) throws IOException {
        Path real = directory.toRealPath();
        boolean direct = real.equals(directory.toAbsolutePath().normalize());
        return new Place(real, Stamp.of(real).inode(), direct ? Map.of() : links(directory));
    }

    private static Map<Path, Path> links(Path directory) throws IOException {
        Map<Path, Path> links = new HashMap<>();
        for (Anchor anchor : Anchor.of(directory, false)) {
            Path entry = anchor.directory().resolve(anchor.name());
            if (Files.isSymbolicLink(entry)) {
                links.put(entry, Files.readSymbolicLink(entry));
            }
        }
        return links;
    }

    /** Whether one of the links that led there then is still a link, but points elsewhere. */
    boolean isTurnedFrom(Place before) {
        for (Map.Entry<Path, Path> link : before.links.entrySet()) {
            Path target = links.get(link.getKey());
            if (target != null && !target.equals(link.getValue())) {
                return true;
            }
        }
        return false;
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
