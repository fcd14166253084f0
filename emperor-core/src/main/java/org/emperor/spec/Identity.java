package org.emperor.spec;

import java.util.List;

/**
 * Whom the program runs as, resolved from the host's user database when the file was read: ids are those inside the
 * jail's user namespace if it has one. {@code groups} are the supplementary groups, the primary one included.
 */
public record Identity(String user, int uid, int gid, List<Integer> groups, String home, String shell) {
    public Identity {
        groups = List.copyOf(groups);
    }
}
