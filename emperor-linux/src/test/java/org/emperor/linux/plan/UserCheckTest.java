package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.emperor.lang.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which maps and identities an emperor can give, by who it is itself. */
class UserCheckTest {
    private static final String AS_ROOT = "; run the emperor as root, or remove it";

    private static String problems(String lines, LinuxFacts facts) {
        return LinuxPlanner.check(TestHost.spec("[vassal]\nexec = /a\n" + lines + "\n"), facts.toFacts()).stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
    }

    private static LinuxFacts root(OwnIds own) {
        return emperor(true, own, Means.ALL);
    }

    private static LinuxFacts emperor(boolean root, OwnIds own, Means means) {
        return new LinuxFacts(
                Arch.X86_64, "6.1", root, true, true, Cgroups.unified("/cg"), 1 << 30, 4096, 40, means, own);
    }

    private static LinuxFacts user(int uid, Integer... groups) {
        OwnIds own = OwnIds.of(uid, uid, List.of(groups), List.of(), List.of(), "");
        return emperor(false, own, new Means(0, 0, 0, 4, 1 << 20, Map.of()));
    }

    @Test
    void rootMapsWhatIsNobodys() {
        assertEquals("", problems("clone = user\nuser-range = 65536", TestHost.UNIFIED));
        assertEquals("", problems("clone = user\nuid-map = 0 2147450879 1", TestHost.UNIFIED));
    }

    @Test
    void idsOfTheHostsUsersAreGivenAwayOnlyWhenTheFileSaysSo() {
        String rule =
                "gives away ids of the host's own users, those below 65536; write higher ones, or map-host-users ="
                        + " true";
        assertEquals("api.ini:4:14: user-range: " + rule, problems("clone = user\nuser-range = 0", TestHost.UNIFIED));
        assertEquals(
                "api.ini:4:11: uid-map: " + rule + "\napi.ini:6:11: gid-map: " + rule,
                problems("clone = user\nuid-map = 0 65535 9\ngid-map = 0 70000 1\ngid-map = 9 4 1", TestHost.UNIFIED));
        assertEquals("", problems("clone = user\nuser-range = 0\nmap-host-users = true", TestHost.UNIFIED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 268435455 2", "0 268435456 1", "0 1000000000 65536", "0 2147418111 1"})
    void poolIsForThoseWhoAskForNothing(String line) {
        assertEquals(
                "api.ini:4:11: uid-map: maps to ids of the pool that other vassals get theirs from; write ids from 65536"
                        + " to 268435455",
                problems("clone = user\nuid-map = " + line + "\ngid-map = 0 70000 9", TestHost.UNIFIED)
                        .lines()
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void identityLiesInsideTheMaps() {
        assertEquals(
                "api.ini:6:7: uid: id 33 is outside the user namespace; its ids are 0 to 9, 1000\n"
                        + "api.ini:6:7: uid: id 100 is outside the user namespace; its ids are 0 to 40",
                problems(
                        "clone = user\nuid-map = 1000 80000 1\nuid-map = 0 70000 10\nuid = www\ngid-map = 0 70000 41",
                        TestHost.UNIFIED));
    }

    @Test
    void emperorInANamespaceOfItsOwnGivesWhatItHas() {
        OwnIds nested = OwnIds.of(0, 0, List.of(), List.of("0 100000 65536"), List.of("0 100000 65536"), "");
        assertEquals(
                "api.ini:3:9: clone: needs ids from 268435456 up, which the emperor's own user namespace has not; write a"
                        + " user-range of what it has: 0 to 65535",
                problems("clone = user", root(nested)));
        assertEquals(
                "api.ini:4:14: user-range: maps to ids that the emperor's own user namespace has not; write some of what"
                        + " it has: 0 to 65535",
                problems("clone = user\nuser-range = 1000", root(nested))
                        .lines()
                        .findFirst()
                        .orElse(""));
        assertEquals("", problems("clone = user\nuser-range = 1000:60000\nmap-host-users = true", root(nested)));
    }

    @Test
    void hostThatForbidsUserNamespacesSaysWhere() {
        OwnIds barred = OwnIds.of(0, 0, List.of(), List.of(), List.of(), "sysctl user.max_user_namespaces is 0");
        assertEquals(
                "api.ini:3:9: clone: this host forbids user namespaces: sysctl user.max_user_namespaces is 0; change"
                        + " that, or remove user",
                problems("clone = user", root(barred)));
        assertEquals("", problems("clone = pid", root(barred)));
    }

    @Test
    void rootWithoutRightsOverIdsMapsNone() {
        LinuxFacts bare = emperor(true, OwnIds.ROOT, new Means(1 << 6, 0, 0, 4, 1 << 20, Map.of()));
        assertEquals(
                "api.ini:3:9: clone: a user namespace needs CAP_SETUID and CAP_SETGID, which this emperor has not; give"
                        + " it both, or remove user",
                problems("clone = user", bare));
    }

    @Test
    void mappedRootNeedsARightOverTheFileSystem() {
        String file = "clone = user\nnamespace = /srv/web\nroot-idmap = true\nuser-range = 65536:1000";
        assertEquals("", problems(file, TestHost.UNIFIED));
        String problem = "root-idmap: needs CAP_SYS_ADMIN over the host's file systems" + AS_ROOT;
        LinuxFacts container = emperor(true, OwnIds.ROOT, new Means(~(1L << 21), 0, 0, 4, 1 << 20, Map.of()));
        assertEquals("api.ini:5:14: " + problem, problems(file, container));
        OwnIds nested = OwnIds.of(0, 0, List.of(), List.of("0 1 1000000"), List.of("0 1 1000000"), "");
        assertEquals("api.ini:5:14: " + problem, problems(file, root(nested)), "root, but not of the host");
        assertEquals("", problems("clone = user\nnamespace = /srv/web\nroot-idmap = no", user(1000)));
    }

    @Test
    void mappedBindNeedsTheSameRightAtItsOwnLine() {
        String file = "clone = user,fs\nbind = /a:/b\nbind = /a:/c:idmap";
        assertEquals("", problems(file, TestHost.UNIFIED));
        LinuxFacts container = emperor(true, OwnIds.ROOT, new Means(~(1L << 21), 0, 0, 4, 1 << 20, Map.of()));
        assertEquals(
                "api.ini:5:8: bind: idmap needs CAP_SYS_ADMIN over the host's file systems" + AS_ROOT,
                problems(file, container));
    }

    @Test
    void userMapsHimselfToAnyoneInside() {
        assertEquals("", problems("clone = user,pid\nuid = 33", user(1000)));
        assertEquals("", problems("clone = user\nuid-map = 0 1000 1", user(1000)), "who the program then is anyway");
        String rule = "an emperor that is not root can map its own user and group only; write uid-map = ID 1000 1 and"
                + " gid-map = ID 1000 1, or remove it";
        assertEquals(
                "api.ini:4:11: uid-map: " + rule,
                problems("clone = user\nuid-map = 0 1001 1\ngid-map = 0 1000 1", user(1000)));
        assertEquals(
                "api.ini:4:14: user-range: " + rule,
                problems("clone = user\nuser-range = 1000:2", user(1000))
                        .lines()
                        .findFirst()
                        .orElse(""));
        assertEquals(
                "api.ini:5:11: gid-map: " + rule,
                problems("clone = user\nuid-map = 0 1000 1\ngid-map = 0 0 1", user(1000)));
    }

    @Test
    void userRunsVassalsAsHimselfAndAsNobodyElse() {
        assertEquals("", problems("uid = 1000", user(1000)));
        assertEquals(
                "api.ini:3:7: uid: is not the emperor's own, and it has no CAP_SETUID" + AS_ROOT
                        + "\napi.ini:4:7: gid: is not the emperor's own, and it has no CAP_SETGID" + AS_ROOT,
                problems("uid = 33\ngid = 33", user(1000)));
        assertEquals("", problems("nice = 5", user(1000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "clone = user\n"})
    void userCannotTakeGroupsNorGiveThemUp(String clone) {
        String file = clone + "uid = 1000\n";
        int line = clone.isEmpty() ? 4 : 5;
        String rule = "this emperor has no CAP_SETGID, its vassals have its groups" + AS_ROOT;
        assertEquals("api.ini:" + line + ":11: add-gid: " + rule, problems(file + "add-gid = 27", user(1000)));
        assertEquals(
                "api.ini:" + line + ":17: no-initgroups: " + rule,
                problems(file + "no-initgroups = true", user(1000, 27)));
        assertEquals("", problems(file + "no-initgroups = true", user(1000, 1000)), "it has none");
    }

    @Test
    void groupsThatTheEmperorHasAnywayMayBeAskedFor() {
        assertEquals("", problems("uid = 1000\nadd-gid = 27", user(1000, 27, 1000)));
    }
}
