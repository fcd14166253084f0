package org.emperor.linux.plan;

import java.util.List;
import org.emperor.jail.HostStep;

/** The user namespace of a jail: its maps, and who jail-init is in it while it builds the rest. */
final class UserPart {
    /**
     * Where jail-init has its own setgroups, gid_map and uid_map, opened by {@code spawn.c} for writing: it cannot be
     * dumped, so that its files in /proc are root's and an emperor that is not root cannot open them any more.
     */
    private static final int SETGROUPS_FILE = 4;

    private static final int GID_MAP_FILE = 5;
    private static final int UID_MAP_FILE = 6;

    private final IdMaps maps;

    UserPart(IdMaps maps) {
        this.maps = maps;
    }

    /** What the emperor writes while jail-init waits. */
    void attach(List<HostStep> steps) {
        if (!maps.own()) {
            steps.add(HostStep.write(
                    "/proc/" + HostStep.PID + "/gid_map", maps.gids().text()));
            steps.add(HostStep.write(
                    "/proc/" + HostStep.PID + "/uid_map", maps.uids().text()));
        }
    }

    /** The maps are written first; until then the process has the overflow ids and could own nothing it makes. */
    void enter(StepList steps) {
        if (maps.own()) {
            writeOwnMaps(steps);
            return; // it is the one user and group that there are
        }
        long gid = maps.gids().builder();
        long uid = maps.uids().builder();
        Argument group = Argument.number(gid);
        Argument user = Argument.number(uid);
        steps.call("become group " + gid + " of the user namespace", Call.SETRESGID, group, group, group);
        steps.call("drop the emperor's groups", Call.SETGROUPS, Argument.number(0), Argument.none());
        steps.call("become user " + uid + " of the user namespace", Call.SETRESUID, user, user, user);
    }

    /**
     * Who has no rights over groups must give up setgroups(2) before it maps one: dropping a group may open a file whose
     * mode denies it to that group (user_namespaces(7), CVE-2014-8989).
     */
    private void writeOwnMaps(StepList steps) {
        write(steps, "give up setgroups", SETGROUPS_FILE, "setgroups", "deny");
        write(
                steps,
                "map group " + maps.gids().text(),
                GID_MAP_FILE,
                "gid_map",
                maps.gids().text());
        write(
                steps,
                "map user " + maps.uids().text(),
                UID_MAP_FILE,
                "uid_map",
                maps.uids().text());
        steps.call(
                "close the map files",
                Call.CLOSE_RANGE,
                Argument.number(SETGROUPS_FILE),
                Argument.number(UID_MAP_FILE),
                Argument.number(0));
    }

    private static void write(StepList steps, String object, int descriptor, String name, String text) {
        steps.call(
                object,
                Call.WRITE,
                Argument.constant(descriptor, name),
                Argument.path(text),
                Argument.number(text.length()));
    }
}
