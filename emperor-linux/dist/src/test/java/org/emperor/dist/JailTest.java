package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a program sees from inside a jail of all five namespaces, and what is left of the jail afterwards. */
@Tag("kernel")
class JailTest {
    private static final String FIVE = "clone = fs,net,ipc,uts,pid";
    private static final List<String> CLONED = List.of("mnt", "net", "ipc", "uts", "pid");
    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int ETXTBSY = 26;
    private static final int F_SEAL_WRITE = 8;

    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static Report reportOf(String name, String... lines) {
        emperor.drop(name, lines);
        return emperor.report(name);
    }

    @Test
    void vassalIsAChildOfJailInitThatIsPidOne() {
        Report report = reportOf("child", "exec = " + emperor.probe("report", "stay"), FIVE);

        assertEquals(2, report.number("pid"));
        assertEquals(1, report.number("ppid"));
        assertEquals(List.of("jail-init"), report.list("parent"));
        assertEquals(Set.of("1", "2"), Set.copyOf(report.list("processes")), "its /proc shows its own jail only");
        assertEquals(report.number("pid"), report.number("sid"), "it leads a session of its own");
        emperor.untilRunning("child");
        assertEquals(emperor.pid(), Host.parent(emperor.init("child")), "jail-init is the emperor's child");
        emperor.dismiss("child");
    }

    @Test
    void allFiveNamespacesAreOthersThanTheHosts() {
        Report report = reportOf("apart", "exec = " + emperor.probe("report", "stay"), FIVE);

        CLONED.forEach(name -> assertNotEquals(
                Host.link(emperor.pid(), "ns/" + name), report.namespaces().get(name), name));
        assertEquals(Host.link(emperor.pid(), "ns/user"), report.namespaces().get("user"));
        emperor.dismiss("apart");
    }

    @Test
    void vassalWithoutCloneSharesTheHostsNamespaces() {
        Report report = reportOf("together", "exec = " + emperor.probe("report", "stay"));

        report.namespaces().forEach((name, inode) -> assertEquals(Host.link(emperor.pid(), "ns/" + name), inode, name));
        emperor.dismiss("together");
    }

    @Test
    void onlyLoopbackIsThereAndItWorks() {
        Report report = reportOf("network", "exec = " + emperor.probe("report", "stay"), FIVE);

        assertEquals(Map.of("lo", "up"), report.map("interfaces"));
        assertEquals("works", report.text("loopback"));
        emperor.dismiss("network");
    }

    @Test
    void hostNameIsTheJailsOwn() {
        String before = Host.hostname();
        Report report = reportOf("named", "exec = " + emperor.probe("report", "stay"), FIVE, "hostname = castle");

        assertEquals("castle", report.text("hostname"));
        assertEquals(before, Host.hostname());
        emperor.dismiss("named");
    }

    @Test
    void onlyTheStandardDescriptorsAreOpen() {
        Report report = reportOf("descriptors", "exec = " + emperor.probe("report", "stay"), FIVE);

        assertEquals(List.of("0", "1", "2"), report.list("fds"));
        assertEquals("/dev/null", report.text("stdin"));
        assertEquals(1, report.number("stdout-flags"), "O_WRONLY: a FIFO that is also readable breaks event loops");
        emperor.dismiss("descriptors");
    }

    @Test
    void noSignalIsBlockedIgnoredOrHandled() {
        Report report = reportOf("signals", "exec = " + emperor.probe("report", "stay"), FIVE);

        for (String set : List.of("SigBlk", "SigIgn", "SigCgt", "SigPnd")) {
            assertEquals(0, Long.parseUnsignedLong(report.map("status").get(set), 16), set);
        }
        emperor.dismiss("signals");
    }

    @Test
    void environmentIsExactlyWhatIsDocumented() {
        Report report = reportOf(
                "environment",
                "exec = " + emperor.probe("report", "stay"),
                "uid = www-data",
                "env = MODE=live",
                "env = LANG=de_DE.UTF-8");

        assertEquals(
                Set.of(
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "LANG=de_DE.UTF-8",
                        "HOME=/var/www",
                        "USER=www-data",
                        "LOGNAME=www-data",
                        "SHELL=/usr/sbin/nologin",
                        "MODE=live"),
                Set.copyOf(report.list("environment")));
        assertEquals(7, report.list("environment").size(), "each once");
        emperor.dismiss("environment");
    }

    @Test
    void anotherUserHasNoRightsOfRootLeft() {
        Report report = reportOf("user", "exec = " + emperor.probe("report", "stay"), FIVE, "uid = www-data");

        assertEquals(List.of("33", "33", "33"), report.list("uids"));
        assertEquals(List.of("33", "33", "33"), report.list("gids"));
        assertEquals(List.of("33"), report.list("groups"));
        for (String set : List.of("CapEff", "CapPrm", "CapInh", "CapAmb")) {
            assertEquals(0, Long.parseUnsignedLong(report.map("status").get(set), 16), set);
        }
        emperor.dismiss("user");
    }

    @Test
    void groupsAreExactlyTheUsersWithTheGroupOfTheFile() {
        Report report = reportOf("groups", "exec = " + emperor.probe("report", "stay"), "uid = games", "gid = 4242");

        assertEquals(List.of("5", "5", "5"), report.list("uids"));
        assertEquals(List.of("4242", "4242", "4242"), report.list("gids"));
        assertEquals(List.of("4242"), report.list("groups"), "neither the emperor's groups nor the replaced one");
        emperor.dismiss("groups");
    }

    @Test
    void directoryUmaskAndLimitsAreTheDocumentedOnes() {
        Report standard = reportOf("usual", "exec = " + emperor.probe("report", "stay"), FIVE);
        Report chosen = reportOf("chosen", "exec = " + emperor.probe("report", "stay"), FIVE, "chdir = /usr");

        assertEquals("/", standard.text("cwd"));
        assertEquals("/usr", chosen.text("cwd"));
        assertEquals(022, standard.number("umask"));
        assertEquals(1024, standard.number("nofile-soft"));
        assertTrue(standard.number("nofile-hard") >= 1024);
        emperor.dismiss("usual");
        emperor.dismiss("chosen");
    }

    @Test
    void cgroupNamespaceHidesWhereTheJailIs() {
        Report born = reportOf("born", "exec = " + emperor.probe("report", "stay"), "clone = fs,pid,cgroup");
        Report joined = reportOf(
                "joined", "exec = " + emperor.probe("report", "stay"), "clone = fs,pid,cgroup", "pids-max = 5");

        assertTrue(born.list("cgroup").contains("0::/"), born.list("cgroup").toString());
        assertTrue(joined.list("cgroup").contains("0::/"), joined.list("cgroup").toString());
        assertFalse(joined.list("cgroup").stream().anyMatch(line -> line.contains("emperor.")), "v1 trees included");
        emperor.dismiss("born", "joined");
    }

    @Test
    void rootInTheJailCannotChangeTheProgramOfPidOne() {
        Report report = reportOf("overwriting", "exec = " + emperor.probe("report", "stay"), FIVE);

        assertEquals(ETXTBSY, report.number("init-exe-write"));
        assertEquals(
                F_SEAL_WRITE,
                report.number("init-exe-seals") & F_SEAL_WRITE,
                "sealed for ever, not only while it runs");
        emperor.dismiss("overwriting");
    }

    @Test
    void userInTheJailCannotTouchPidOneAtAll() {
        Report report = reportOf("tracing", "exec = " + emperor.probe("report", "stay"), FIVE, "uid = www-data");

        assertEquals(EPERM, report.number("parent-ptrace"));
        assertEquals(EACCES, report.number("parent-mem-write"));
        assertEquals(EACCES, report.number("init-exe-write"));
        emperor.dismiss("tracing");
    }

    @Test
    void standardOutputCanBeReopenedByTheVassalsUser() {
        Report report = reportOf("reopening", "exec = " + emperor.probe("report", "stay"), FIVE, "uid = www-data");

        assertEquals(0, report.number("reopen-stdout"));
        emperor.untilSaid("reopening", "reopened");
        emperor.dismiss("reopening");
    }

    @Test
    void mountsMadeInsideAreNeverSeenOutside() {
        emperor.drop("mounting", "exec = " + emperor.probe("mount:/mnt", "report", "stay"), FIVE);
        Report report = emperor.report("mounting");

        emperor.untilSaid("mounting", "mount: 0");
        assertTrue(report.list("mounts").stream().anyMatch(line -> line.contains(" /mnt ")), "it is there inside");
        emperor.place().untilMountsAreAsBefore();
        emperor.dismiss("mounting");
        emperor.place().untilMountsAreAsBefore();
    }

    /** As systemd mounts everything; the host's mounts that this test sees need not be shared. */
    @Test
    void mountsMadeInsideAreNotSeenOutsideEvenWhereAllMountsAreShared() {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "shared"));
        command.addAll(RunningEmperor.java());
        try (RunningEmperor sharing = RunningEmperor.launch(new Place(), command)) {
            RunningEmperor.ready(sharing);
            String before = Host.text(sharing.pid(), "mountinfo");
            assertTrue(before.contains(" shared:"));
            sharing.drop("mounting", "exec = " + sharing.probe("mount:/mnt", "report", "stay"), FIVE);
            sharing.untilSaid("mounting", "mount: 0");

            assertEquals(before, Host.text(sharing.pid(), "mountinfo"));
            sharing.stop();
        }
    }

    @Test
    void everyEndIsFollowedByAWhollyNewJailWithoutRemainsOfTheOld() throws IOException {
        emperor.drop(
                "phoenix",
                "exec = " + emperor.probe("mount:/mnt", "drift", "report", "heed", "stay"),
                FIVE,
                "loyal-after = 100ms");
        try (StandingJail first = StandingJail.of(emperor, "phoenix", 1)) {
            Host.signal("KILL", emperor.pid("phoenix"));
            try (StandingJail second = StandingJail.of(emperor, "phoenix", 2)) {
                first.untilNothingIsLeft();
                emperor.place().touch("phoenix");
                try (StandingJail third = StandingJail.of(emperor, "phoenix", 3)) {
                    second.untilNothingIsLeft();
                    Host.signal("TERM", emperor.pid("phoenix"));
                    try (StandingJail fourth = StandingJail.of(emperor, "phoenix", 4)) {
                        third.untilNothingIsLeft();
                        assertAllDiffer(List.of(first, second, third, fourth));
                    }
                }
            }
        }
        assertEquals(List.of("signal 9", "exit code 0"), deathsOf("phoenix"));
        emperor.dismiss("phoenix");
    }

    private static void assertAllDiffer(List<StandingJail> jails) {
        for (String name : CLONED) {
            List<String> inodes =
                    jails.stream().map(jail -> jail.namespaces().get(name)).toList();
            assertEquals(4, Set.copyOf(inodes).size(), name + " is new every time: " + inodes);
        }
    }

    private static List<String> deathsOf(String vassal) {
        return emperor.place().log().stream()
                .filter(line -> line.contains("vassal " + vassal + " died: "))
                .map(line -> line.replaceAll(".* died: (.*) after .*", "$1"))
                .toList();
    }
}
