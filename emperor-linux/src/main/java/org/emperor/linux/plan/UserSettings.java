package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.lang.Position;

/**
 * What a vassal file says of the ids of its user namespace.
 *
 * @param uids the lines it gives for users, none where a range of the pool is wanted
 * @param gids the lines for groups
 * @param hostUsers whether ids that the host's own users have may be given away
 * @param mapsRoot whether files of the jail's root belong inside to whom they belong on disk
 */
record UserSettings(List<Given> uids, List<Given> gids, boolean hostUsers, boolean mapsRoot) {
    static final UserSettings NONE = new UserSettings(List.of(), List.of(), false, false);

    /** A line and where it was said. */
    record Given(String key, Position position, IdMap.Line line) {}

    UserSettings {
        uids = List.copyOf(uids);
        gids = List.copyOf(gids);
    }

    boolean isGiven() {
        return !uids.isEmpty();
    }

    IdMap uidMap() {
        return map(uids);
    }

    IdMap gidMap() {
        return map(gids);
    }

    private static IdMap map(List<Given> given) {
        List<IdMap.Line> lines = new ArrayList<>(given.size());
        given.forEach(each -> lines.add(each.line()));
        return new IdMap(lines);
    }
}
