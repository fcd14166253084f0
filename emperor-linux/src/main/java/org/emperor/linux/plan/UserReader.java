package org.emperor.linux.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.jail.IdRange;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.linux.plan.UserSettings.Given;
import org.emperor.spec.Form;

/** Reads the maps of a user namespace; what the kernel would refuse of them it refuses, with a reason. */
final class UserReader {
    static final int MOST_LINES = 340; // UID_GID_MAP_MAX_EXTENTS, user_namespaces(7)
    private static final int MOST_BYTES = 4095; // of one write, less than a page

    /** When the path of the root may still be the host's. */
    private static final List<HookPhase> BEFORE_ROOT =
            List.of(HookPhase.AS_VASSAL, HookPhase.ASAP, HookPhase.PRE_JAIL, HookPhase.POST_JAIL, HookPhase.IN_JAIL);

    private final List<Problem> problems;
    private final List<Given> uids = new ArrayList<>();
    private final List<Given> gids = new ArrayList<>();
    private final List<Setting> settings = new ArrayList<>();
    private boolean ranged;
    private boolean hostUsers;
    private boolean mapsRoot;

    UserReader(List<Problem> problems) {
        this.problems = problems;
    }

    void read(Setting setting) {
        settings.add(setting);
        switch (setting.key()) {
            case "uid-map" -> line(setting, uids);
            case "gid-map" -> line(setting, gids);
            case "user-range" -> range(setting);
            case "root-idmap" -> mapsRoot = isTrue(setting);
            default -> hostUsers = isTrue(setting);
        }
    }

    private static boolean isTrue(Setting setting) {
        return Form.isOn(setting.value());
    }

    /**
     * @param namespaces without a user namespace nothing of this counts
     * @param root the directory that becomes the jail's root
     * @param hooks what may be mounted before that
     */
    UserSettings settings(Set<Namespace> namespaces, Optional<String> root, HookSettings hooks) {
        for (Setting setting : settings) {
            if (!namespaces.contains(Namespace.USER)) {
                problem(setting, "counts only in a user namespace", "add user to clone");
            } else if (ranged && setting.key().endsWith("-map")) {
                problem(setting, "says again what user-range says", "write one of them");
            } else if (setting.key().equals("gid-map") && uids.isEmpty()) {
                problem(setting, "counts only beside uid-map", "write uid-map too");
            } else if (setting.key().equals("root-idmap") && mapsRoot) {
                checkRoot(setting, namespaces, root.orElse("/"), hooks);
            }
        }
        return new UserSettings(uids, gids.isEmpty() ? uids : gids, hostUsers, mapsRoot);
    }

    private void checkRoot(Setting setting, Set<Namespace> namespaces, String root, HookSettings hooks) {
        if (!namespaces.contains(Namespace.FS) || root.equals("/")) {
            problem(
                    setting,
                    "needs a root directory of its own",
                    "add fs to clone, and namespace, pivot-root or chroot");
        }
        for (HookPhase phase : BEFORE_ROOT) {
            for (HookAction action : hooks.of(phase)) {
                boolean over = action instanceof HookAction.Mount mount
                        && Path.of(mount.target()).equals(Path.of(root));
                if (over) {
                    problem(setting, "mounts " + root + " itself, over which a hook mounts too", "remove that hook");
                }
            }
        }
    }

    private void range(Setting setting) {
        String[] words = setting.value().strip().split(":", -1);
        if (words.length == 1 && words[0].equals("auto")) {
            return;
        }
        ranged = true;
        String count = words.length == 2 ? words[1] : "" + IdRange.LENGTH;
        Optional<IdMap.Line> line =
                words.length > 2 ? Optional.empty() : IdMap.parseLine("0 " + words[0] + " " + count);
        if (line.isEmpty()) {
            problem(setting, "is no range of ids", "write auto, FIRST or FIRST:COUNT");
            return;
        }
        add(setting, line.get(), uids);
    }

    private void line(Setting setting, List<Given> map) {
        Optional<IdMap.Line> line = IdMap.parseLine(setting.value());
        if (line.isEmpty()) {
            problem(setting, "needs three numbers", "write " + setting.key() + " = INSIDE OUTSIDE COUNT");
            return;
        }
        add(setting, line.get(), map);
    }

    private void add(Setting setting, IdMap.Line line, List<Given> map) {
        if (!line.isPossible()) {
            problem(setting, "maps no ids, or ids that cannot be", "the highest id is " + (IdMap.IDS - 1));
            return;
        }
        for (Given other : map) {
            if (line.meetsInside(other.line())) {
                problem(setting, "maps inside ids that line " + other.position().line() + " maps too", "map each once");
                return;
            }
            if (line.meetsOutside(other.line().outside(), other.line().count())) {
                problem(setting, "maps to ids that line " + other.position().line() + " maps to too", "map each once");
                return;
            }
        }
        map.add(new Given(setting.key(), setting.position(), line));
        checkSize(setting, map);
    }

    /** Told once, at the first line too many. */
    private void checkSize(Setting setting, List<Given> map) {
        if (map.size() == MOST_LINES + 1) {
            problem(setting, "is one line too many: a map has at most " + MOST_LINES, "join lines that adjoin");
        }
        int bytes = -1;
        for (Given each : map) {
            bytes += each.line().toString().length() + 1;
        }
        boolean before = bytes - map.get(map.size() - 1).line().toString().length() - 1 > MOST_BYTES;
        if (bytes > MOST_BYTES && !before) {
            problem(setting, "makes the map longer than the " + MOST_BYTES + " bytes it may have", "join lines");
        }
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
