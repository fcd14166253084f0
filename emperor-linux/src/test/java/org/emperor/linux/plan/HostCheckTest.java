package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.stream.Collectors;
import org.emperor.lang.Problem;
import org.emperor.spec.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host can never do is refused when the file is read, where the key stands. */
class HostCheckTest {
    private static final String PLAIN = "[vassal]\nexec = /a\n";

    @Test
    void namespacesWithoutAUserNamespaceNeedARight() {
        String expected = "needs CAP_SYS_ADMIN, which this emperor has not; add user to clone, or run the emperor as"
                + " root, or remove it";
        assertEquals("api.ini:3:9: clone: " + expected, problems("clone = pid", TestHost.NOT_ROOT));
        assertEquals("api.ini:3:8: namespace: " + expected, problems("ns   = /root", TestHost.NOT_ROOT));
        LinuxFacts container = with(new Means(~(1L << 21), 0, 0, 4, 1 << 20, Map.of()));
        assertEquals("api.ini:3:9: clone: " + expected, problems("clone = pid", container), "though it is root");
        assertEquals("", problems("clone = pid,user", container));
    }

    @Test
    void anotherRootNeedsARight() {
        assertEquals(
                "api.ini:3:10: chroot: needs CAP_SYS_CHROOT, which this emperor has not; write clone = user, or run the"
                        + " emperor as root, or remove it",
                problems("chroot = /srv", TestHost.NOT_ROOT));
        assertEquals("", problems("chroot = /srv\nclone = user\nuid = 7", TestHost.NOT_ROOT));
    }

    @Test
    void timeNamespaceNeedsAKernelThatMakesItInTheClone() {
        String rule = "a time namespace needs clone3 of Linux 6.3, which is not to be had here; leave out time";
        assertEquals("api.ini:3:9: clone: " + rule, problems("clone = pid,time", TestHost.UNIFIED));
        assertEquals("api.ini:3:11: unshare: " + rule, problems("unshare = time", TestHost.UNIFIED));
        LinuxFacts newer = new LinuxFacts(
                Arch.X86_64, "6.3", true, true, true, Cgroups.unified("/cg"), 1 << 30, 4096, 40, Means.ALL);
        assertEquals("", problems("clone = pid,time", newer));
        assertEquals("", problems("unshare = time", newer));
    }

    @Test
    void actionsAfterTheEndNeedAnInit() {
        String rule = "needs a resident init, which waits for the program's end; remove init = none";
        assertEquals(
                "api.ini:4:23: hook-as-user-atexit: " + rule,
                problems("init = none\nhook-as-user-atexit = print:ended", TestHost.UNIFIED));
        assertEquals(
                "api.ini:3:23: exec-as-user-atexit: " + rule,
                problems("exec-as-user-atexit = true\ninit = none", TestHost.UNIFIED));
        assertEquals("", problems("exec-as-user-atexit = true", TestHost.UNIFIED));
    }

    @Test
    void waitingMayNotTakeLongerThanTheStart() {
        String rule = "longer than start-timeout; write less, or a longer start-timeout";
        assertEquals(
                "api.ini:3:23: wait-for-fs-timeout: " + rule, problems("wait-for-fs-timeout = 31", TestHost.UNIFIED));
        assertEquals("", problems("wait-for-fs-timeout = 30", TestHost.UNIFIED));
        assertEquals("", problems("wait-for-fs-timeout = 31\nstart-timeout = 1m", TestHost.UNIFIED));
    }

    @Test
    void idsLieInsideTheUserNamespace() {
        assertEquals(
                "api.ini:4:7: uid: id 65536 is outside the user namespace; its ids are 0 to 65535\n"
                        + "api.ini:5:7: gid: id 70000 is outside the user namespace; its ids are 0 to 65535\n"
                        + "api.ini:6:11: add-gid: id 80000 is outside the user namespace; its ids are 0 to 65535",
                problems("clone = user\nuid = 65536\ngid = 70000\nadd-gid = 80000", TestHost.UNIFIED));
        assertEquals("", problems("clone = user\nuid = 65534\ngid = 1", TestHost.UNIFIED));
        assertEquals("", problems("uid = 65536", TestHost.UNIFIED), "without a user namespace any id will do");
    }

    @Test
    void limitsAboveTheEmperorsOwnNeedARight() {
        assertEquals(
                "api.ini:3:16: limit-nofile: is more than this emperor may give: it has no CAP_SYS_RESOURCE; write less,"
                        + " or remove it\n"
                        + "api.ini:4:14: limit-core: is more than this emperor may give: it has no CAP_SYS_RESOURCE; write"
                        + " less, or remove it",
                problems("limit-nofile = 2048\nlimit-core = 0:unlimited", TestHost.NOT_ROOT));
        assertEquals("", problems("limit-nofile = 512:1024\nlimit-core = 0", TestHost.NOT_ROOT));
        assertEquals("", problems("limit-nofile = 2048\nlimit-core = unlimited", TestHost.UNIFIED));
    }

    @Test
    void nobodyGetsMoreOpenFilesThanTheKernelAllows() {
        String expected =
                "api.ini:3:%d: limit-nofile: above what this host allows anybody; write at most 1048576, sysctl"
                        + " fs.nr_open";
        assertEquals(String.format(expected, 10), problems("max-fd = 1048577", TestHost.UNIFIED));
        assertEquals(String.format(expected, 16), problems("limit-nofile = unlimited", TestHost.UNIFIED));
    }

    @Test
    void userNamespaceHasNoRightsOverTheHostsLimits() {
        LinuxFacts bounded = with(new Means(-1L, 0, 0, 4, 1 << 20, Map.of(Resource.NOFILE, 4096L)));
        assertEquals("", problems("limit-nofile = 8192", bounded));
        assertEquals(
                "api.ini:4:16: limit-nofile: is more than a user namespace may have; write less, or remove it\n"
                        + "api.ini:5:8: nice: is more than a user namespace may have; write less, or remove it",
                problems("clone = user\nlimit-nofile = 8192\nnice = -1", bounded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nice = -1", "ionice = realtime"})
    void betterThanUsualNeedsARight(String line) {
        String key = line.substring(0, line.indexOf(' '));
        assertEquals(
                "api.ini:3:" + (key.length() + 4) + ": " + key
                        + ": is more than this emperor may give: it has no CAP_SYS_NICE; write less, or remove it",
                problems(line, with(new Means(0, 0, 0, 4, 1 << 20, Map.of()))));
        assertEquals("", problems(line, TestHost.UNIFIED));
    }

    @Test
    void oomScoreBelowTheEmperorsOwnNeedsARightWhateverTheJail() {
        String expected = "oom-score-adj: is more than this emperor may give: it has no CAP_SYS_RESOURCE; write -5 or"
                + " more, or remove it";
        LinuxFacts bounded = with(new Means(0, 0, -5, 4, 1 << 20, Map.of()));
        assertEquals("api.ini:3:17: " + expected, problems("oom-score-adj = -6", bounded));
        LinuxFacts mapping = with(new Means(1 << 6 | 1 << 7, 0, -5, 4, 1 << 20, Map.of()));
        assertEquals("api.ini:4:17: " + expected, problems("clone = user\noom-score-adj = -6", mapping));
        assertEquals("", problems("oom-score-adj = -5", bounded));
    }

    @Test
    void onlyRootAdjustsOomScores() {
        assertEquals(
                "api.ini:3:17: oom-score-adj: needs an emperor that runs as root; run the emperor as root, or remove it",
                problems("oom-score-adj = 500", TestHost.NOT_ROOT));
    }

    @Test
    void programMayBeAsNiceAsTheEmperorWithoutARight() {
        LinuxFacts nice = with(new Means(0, 5, 0, 4, 1 << 20, Map.of()));
        assertEquals("", problems("nice = 5", nice));
        assertEquals("", problems("pids-max = 5", nice), "where the file says nothing, what cannot be had is let be");
        assertEquals(
                "api.ini:3:8: nice: is more than this emperor may give: it has no CAP_SYS_NICE; write less, or remove it",
                problems("nice = 4", nice));
    }

    @Test
    void processorThatIsNotThereIsNamed() {
        assertEquals(
                "api.ini:3:16: cpu-affinity: this host has no processor 9; leave it out",
                problems("cpu-affinity = 0-3,9", with(new Means(-1L, 0, 0, 4, 1 << 20, Map.of()))));
    }

    private static LinuxFacts with(Means means) {
        return new LinuxFacts(Arch.X86_64, "6.1", true, true, true, Cgroups.unified("/cg"), 1 << 30, 4096, 40, means);
    }

    private static String problems(String lines, LinuxFacts facts) {
        return LinuxPlanner.check(TestHost.spec(PLAIN + lines + "\n"), facts.toFacts()).stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
    }
}
