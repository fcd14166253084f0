package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.emperor.jail.IdRange;
import org.emperor.lang.Setting;
import org.emperor.linux.plan.UserSettings.Given;
import org.emperor.spec.Identity;
import org.emperor.spec.Options;
import org.emperor.spec.VassalSpec;

/** What an emperor of limited rights, or a user namespace, can never do for the users and groups of a spec. */
final class UserCheck {
    private static final int FIRST_NOBODYS = 65536; // DynamicUser of systemd and nobody are just below
    private static final String OWN_MAP = "the emperor's own user namespace has not";

    private final HostCheck host;
    private final VassalSpec spec;
    private final LinuxFacts facts;
    private final JailSettings jail;
    private boolean refused;

    UserCheck(HostCheck host, VassalSpec spec, LinuxFacts facts, JailSettings jail) {
        this.host = host;
        this.spec = spec;
        this.facts = facts;
        this.jail = jail;
    }

    void check() {
        if (jail.has(Namespace.USER)) {
            checkNamespace();
        } else if (!facts.changesIds()) {
            checkSame(Options.UID, spec.identity().uid(), facts.own().uid(), "CAP_SETUID");
            checkSame(Options.GID, spec.identity().gid(), facts.own().gid(), "CAP_SETGID");
        }
        if (!facts.changesIds()) {
            checkGroups();
        }
    }

    /** What the file does not give is the emperor's own. */
    private void checkSame(String key, int wanted, int own, String capability) {
        String place = spec.places().containsKey(key) ? key : Options.UID;
        if (wanted != own && spec.places().containsKey(place)) {
            host.problem(place, "is not the emperor's own, and it has no " + capability, HostCheck.AS_ROOT);
        }
    }

    /** Without CAP_SETGID the program keeps the groups of the emperor, whatever its file says of them. */
    private void checkGroups() {
        List<Integer> wanted = new ArrayList<>(spec.identity().groups());
        wanted.remove(Integer.valueOf(spec.identity().gid()));
        String key = spec.places().containsKey(Options.ADD_GID) ? Options.ADD_GID : Options.NO_INITGROUPS;
        boolean asks = key.equals(Options.ADD_GID) || wanted.isEmpty();
        if (spec.places().containsKey(key) && asks && !hasAnyway(wanted)) {
            host.problem(key, "this emperor has no CAP_SETGID, its vassals have its groups", HostCheck.AS_ROOT);
        }
    }

    private boolean hasAnyway(List<Integer> wanted) {
        List<Integer> others = facts.own().otherGroups();
        boolean known = wanted.isEmpty() || !jail.has(Namespace.USER); // inside none but the primary one has a number
        return known && Set.copyOf(wanted).equals(Set.copyOf(others));
    }

    private void checkNamespace() {
        if (!facts.own().barred().isEmpty()) {
            refuse(
                    "clone",
                    "this host forbids user namespaces: " + facts.own().barred(),
                    "change that, or remove user");
        } else if (facts.root() && !facts.changesIds()) {
            String rule = "a user namespace needs CAP_SETUID and CAP_SETGID, which this emperor has not";
            refuse("clone", rule, "give it both, or remove user");
        } else if (facts.changesIds()) {
            checkRanges();
        } else {
            checkOwn(jail.users().uids(), facts.own().uid());
            checkOwn(
                    ofGroups(facts.own().gid() == facts.own().uid()),
                    facts.own().gid());
        }
        if (!mayMapTrees()) {
            checkMappedTrees();
        }
        if (!refused) {
            checkIds();
        }
    }

    /** The right must be one over the file system, and those belong to the namespace that the host begins with. */
    private boolean mayMapTrees() {
        boolean isHostRoot = facts.root() && facts.own().uids().equals(IdMap.WHOLE);
        return isHostRoot && facts.means().has(Means.CAP_SYS_ADMIN);
    }

    private void checkMappedTrees() {
        String rule = "needs CAP_SYS_ADMIN over the host's file systems";
        if (jail.users().mapsRoot()) {
            refuse("root-idmap", rule, HostCheck.AS_ROOT);
        }
        for (Setting setting : spec.jail()) {
            if (FileSystemReader.isMapped(setting)) {
                refused = true;
                host.problem(setting.position(), setting.key(), "idmap " + rule, HostCheck.AS_ROOT);
            }
        }
    }

    /** @param same whether what was said of lines that map users counts for groups too */
    private List<Given> ofGroups(boolean same) {
        List<Given> lines = new ArrayList<>(jail.users().gids());
        lines.removeIf(given -> same && !given.key().equals("gid-map"));
        return lines;
    }

    private void checkOwn(List<Given> lines, int own) {
        for (Given given : lines) {
            boolean isOwn = given.line().outside() == own && given.line().count() == 1;
            if (!isOwn || lines.size() > 1) {
                String remedy = "write uid-map = ID " + facts.own().uid() + " 1 and gid-map = ID "
                        + facts.own().gid() + " 1, or remove it";
                refuse(given, "an emperor that is not root can map its own user and group only", remedy);
            }
        }
    }

    private void checkRanges() {
        UserSettings users = jail.users();
        users.uids().forEach(given -> checkGiven(given, facts.own().uids()));
        for (Given given : users.gids()) {
            if (given.key().equals("gid-map")
                    || !facts.own().gids().equals(facts.own().uids())) {
                checkGiven(given, facts.own().gids());
            }
        }
        boolean hasPool = facts.own().uids().hasRun(IdRange.POOL_FIRST, IdRange.POOL)
                && facts.own().gids().hasRun(IdRange.POOL_FIRST, IdRange.POOL);
        if (!users.isGiven() && !hasPool) {
            String rule = "needs ids from " + IdRange.POOL_FIRST + " up, which " + OWN_MAP;
            String has = facts.own().uids().ids();
            refuse("clone", rule, "write a user-range of what it has: " + has);
        }
    }

    private void checkGiven(Given given, IdMap own) {
        IdMap.Line line = given.line();
        if (!own.hasRun(line.outside(), line.count())) {
            refuse(given, "maps to ids that " + OWN_MAP, "write some of what it has: " + own.ids());
        } else if (line.meetsOutside(IdRange.POOL_FIRST, IdRange.POOL)) {
            String remedy = "write ids from " + FIRST_NOBODYS + " to " + (IdRange.POOL_FIRST - 1);
            refuse(given, "maps to ids of the pool that other vassals get theirs from", remedy);
        } else if (line.outside() < FIRST_NOBODYS && !jail.users().hostUsers()) {
            String rule = "gives away ids of the host's own users, those below " + FIRST_NOBODYS;
            refuse(given, rule, "write higher ones, or map-host-users = true");
        }
    }

    private void refuse(Given given, String rule, String remedy) {
        refused = true;
        host.problem(given.position(), given.key(), rule, remedy);
    }

    private void refuse(String key, String rule, String remedy) {
        refused = true;
        host.problem(key, rule, remedy);
    }

    private void checkIds() {
        IdMaps maps = IdMaps.of(jail.users(), facts, spec.identity(), IdRange.SAMPLE);
        Identity identity = spec.identity();
        if (!maps.uids().has(identity.uid())) {
            outside(Options.UID, identity.uid(), maps.uids());
        }
        if (!maps.gids().has(identity.gid())) {
            outside(whereGiven(Options.GID), identity.gid(), maps.gids());
        }
        if (maps.own()) {
            return; // nobody can set the others
        }
        for (int group : identity.groups()) {
            if (group != identity.gid() && !maps.gids().has(group)) {
                outside(whereGiven(Options.ADD_GID), group, maps.gids());
            }
        }
    }

    private String whereGiven(String key) {
        return spec.places().containsKey(key) ? key : Options.UID;
    }

    private void outside(String key, int id, IdMap map) {
        host.problem(key, "id " + id + " is outside the user namespace", "its ids are " + map.ids());
    }
}
