package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom the emperor itself is, and the ids there are where it lives, which may be a user namespace of its own.
 *
 * @param groups its supplementary groups, which nobody can take off a process without CAP_SETGID
 * @param barred the setting of this host that forbids it user namespaces, empty if none is known
 */
public record OwnIds(int uid, int gid, List<Integer> groups, IdMap uids, IdMap gids, String barred) {
    /** Root of a usual host. */
    public static final OwnIds ROOT = new OwnIds(0, 0, List.of(), IdMap.WHOLE, IdMap.WHOLE, "");

    /** Whom a host's first user usually is. */
    static final OwnIds USER = new OwnIds(1000, 1000, List.of(), IdMap.WHOLE, IdMap.WHOLE, "");

    public OwnIds {
        groups = List.copyOf(groups);
    }

    /** @param uidMap the lines of {@code /proc/self/uid_map}; without any the ids are all there */
    public static OwnIds of(
            int uid, int gid, List<Integer> groups, List<String> uidMap, List<String> gidMap, String barred) {
        return new OwnIds(uid, gid, groups, wholeIfEmpty(uidMap), wholeIfEmpty(gidMap), barred);
    }

    private static IdMap wholeIfEmpty(List<String> lines) {
        IdMap map = IdMap.parse(lines);
        return map.lines().isEmpty() ? IdMap.WHOLE : map;
    }

    /** Its groups beside the primary one. */
    List<Integer> otherGroups() {
        List<Integer> others = new ArrayList<>(groups);
        others.remove(Integer.valueOf(gid));
        return others;
    }

    /** As a fact: {@code 1000 1000 4,27}. */
    String text() {
        List<String> words = new ArrayList<>();
        groups.forEach(group -> words.add(group.toString()));
        return (uid + " " + gid + " " + String.join(",", words)).strip();
    }

    static OwnIds parse(String ids, String uidMap, String gidMap, String barred) {
        String[] words = ids.split("[ ,]", -1);
        List<Integer> groups = new ArrayList<>();
        for (int i = 2; i < words.length; i++) {
            groups.add(Integer.parseInt(words[i]));
        }
        return of(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                groups,
                List.of(uidMap.split(",", -1)),
                List.of(gidMap.split(",", -1)),
                barred);
    }
}
