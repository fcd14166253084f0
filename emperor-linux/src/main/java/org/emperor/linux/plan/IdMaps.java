package org.emperor.linux.plan;

import java.util.OptionalLong;
import org.emperor.jail.IdRange;
import org.emperor.spec.Identity;

/**
 * The ids of one jail's user namespace.
 *
 * @param own whether they are but the emperor's own user and group, which any user may map, though without setgroups(2)
 */
record IdMaps(IdMap uids, IdMap gids, boolean own) {

    /** @param range what the pool grants; only counts where the file gives no maps */
    static IdMaps of(UserSettings given, LinuxFacts facts, Identity identity, IdRange range) {
        IdMap uids = given.uidMap();
        IdMap gids = given.gidMap();
        if (!facts.changesIds()) {
            OwnIds self = facts.own();
            IdMap uid = uids.lines().isEmpty() ? IdMap.of(identity.uid(), self.uid(), 1) : uids;
            IdMap gid = gids.lines().isEmpty() ? IdMap.of(identity.gid(), self.gid(), 1) : gids;
            return new IdMaps(uid, gid, true);
        }
        return given.isGiven() ? new IdMaps(uids, gids, false) : new IdMaps(pool(range), pool(range), false);
    }

    private static IdMap pool(IdRange range) {
        return IdMap.of(0, range.base(), range.length());
    }

    /** What the emperor calls a user inside; -1 where there is none. */
    int hostUid(int uid) {
        return (int) outside(uids, uid);
    }

    int hostGid(int gid) {
        return (int) outside(gids, gid);
    }

    private static long outside(IdMap map, int id) {
        OptionalLong outside = map.outside(id);
        return outside.isPresent() ? outside.getAsLong() : -1;
    }
}
