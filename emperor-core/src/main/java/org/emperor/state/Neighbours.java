package org.emperor.state;

import java.nio.file.Path;

/**
 * Where others of this host say which ids they use.
 *
 * @param claims what all emperors of the host lock; made if there is none
 * @param registers the directory of passwd(5) and subuid(5)
 */
public record Neighbours(Path claims, Path registers) {
    public static Neighbours ofThisHost() {
        return new Neighbours(Path.of("/run/emperor.ids"), Path.of("/etc"));
    }
}
