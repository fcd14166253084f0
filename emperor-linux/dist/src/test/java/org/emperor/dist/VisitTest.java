package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code emperor exec} and {@code ns} against real jails: who is inside, and what comes back out. */
@Tag("kernel")
class VisitTest {
    private static final List<String> NAMESPACES = List.of("mnt", "net", "ipc", "uts", "pid", "user", "cgroup");

    /** A call that the filter forbids, a path that Landlock does, and one that it allows; in words of its own. */
    private static final String TRY =
            "LC_ALL=C mkdir /var/tmp/d$$ 2>&1 && rmdir /var/tmp/d$$; (: > /tmp/$$) 2>&1; rm -f /tmp/$$;"
                    + " (: > /var/tmp/$$) && echo written; rm -f /var/tmp/$$; echo tried";

    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
        emperor.drop(
                "five",
                "exec = " + emperor.probe("stay"),
                "clone = fs,net,ipc,uts,pid",
                "hostname = castle",
                "uid = www-data",
                "env = TOKEN=hush",
                "chdir = /usr");
        emperor.drop("mapped", "exec = " + emperor.probe("stay"), "clone = fs,net,ipc,uts,pid,user,cgroup");
        emperor.drop("plain", "exec = " + emperor.probe("stay"));
        Path profile = emperor.place().path().resolve("profile.json");
        write(
                profile,
                "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdir\",\"mkdirat\"],"
                        + "\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":75}]}");
        for (String user : List.of("www-data", "root")) {
            emperor.drop(
                    "bound-" + user,
                    "exec = /bin/sh -c '" + TRY + "; exec sleep 1000'",
                    "uid = " + user,
                    "clone = fs,pid",
                    "seccomp = " + profile,
                    "landlock = ro:/",
                    "landlock = rw:/dev",
                    "landlock = rw:/var/tmp");
        }
        emperor.untilRunning("five", "mapped", "plain", "bound-www-data", "bound-root");
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    /** What the probe reports from a visit of its own. */
    private static Report reportFrom(String vassal, String... options) {
        String[] words = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(options),
                        java.util.stream.Stream.of(vassal, "--", emperor.place().path() + "/probe", "report"))
                .toArray(String[]::new);
        try (Visitor visit = Visitor.begin(emperor, Visitor.command(emperor, "exec", words), Map.of())) {
            assertEquals(0, visit.exitCode(), visit::said);
            return Report.parse(visit.said().strip());
        }
    }

    private static int run(String vassal, String... words) {
        try (Visitor visit = Visitor.exec(emperor, vassal, words)) {
            return visit.exitCode();
        }
    }

    private static void assertSameJail(String vassal, Report report) {
        for (String name : NAMESPACES) {
            assertEquals(
                    Host.link(emperor.pid(vassal), "ns/" + name),
                    report.namespaces().get(name),
                    name);
        }
    }

    @Test
    void commandIsInAllNamespacesAndInTheCgroupOfTheJail() {
        Report report = reportFrom("five");

        assertSameJail("five", report);
        assertEquals("castle", report.text("hostname"));
        assertEquals(0, report.number("ppid"), "its parent is outside");
        assertTrue(report.list("processes").containsAll(List.of("1", "2")));
        assertEquals(Host.text(emperor.pid("five"), "cgroup").lines().toList(), report.list("cgroup"));
    }

    @Test
    void commandHasIdentityEnvironmentDirectoryAndNoMoreRightsThanTheVassal() {
        Report report = reportFrom("five");

        assertEquals(List.of("33", "33", "33"), report.list("uids"));
        assertEquals(List.of("33"), report.list("groups"));
        assertEquals("/usr", report.text("cwd"));
        assertTrue(report.list("environment").contains("TOKEN=hush"));
        assertEquals(List.of("0", "1", "2"), report.list("fds"));
        assertEquals(1024, report.number("nofile-soft"), "the limits are the jail's, not the caller's");
        for (String set : List.of("CapEff", "CapPrm", "CapInh", "CapAmb")) {
            assertEquals(0, Long.parseUnsignedLong(report.map("status").get(set), 16), set);
        }
        assertEquals(
                Host.field(emperor.pid("five"), "CapBnd").orElseThrow(),
                report.map("status").get("CapBnd"));
    }

    @Test
    void anotherUserDoesNotGetWhatTheVassalSays() {
        Report report = reportFrom("five", "--user", "games:4242");

        assertEquals(List.of("5", "5", "5"), report.list("uids"));
        assertEquals(List.of("4242"), report.list("groups"));
        assertFalse(report.list("environment").contains("TOKEN=hush"), "an LD_PRELOAD would come the same way");
    }

    @Test
    void userNamespaceIsEnteredWithItsRootAndNothingMore() {
        Report report = reportFrom("mapped");

        assertSameJail("mapped", report);
        assertEquals(List.of("0", "0", "0"), report.list("uids"));
        assertEquals(
                Host.text(emperor.pid("mapped"), "uid_map").strip(),
                report.list("uid_map").get(0).strip());
        assertEquals(0, Long.parseUnsignedLong(report.map("status").get("CapInh"), 16));
        assertTrue(report.list("cgroup").contains("0::/"));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String tried(String... words) {
        try (Visitor visit = Visitor.begin(emperor, Visitor.command(emperor, "exec", words), Map.of())) {
            assertEquals(0, visit.exitCode(), visit::said);
            return visit.said().replaceAll("/(d?)[0-9]+", "/$1N");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"www-data", "root"})
    void commandIsBoundByTheFilterAndLandlockAsTheVassal(String user) {
        String vassal = "bound-" + user;
        emperor.untilSaid(vassal, "cannot create /tmp/");
        emperor.untilSaid(vassal, "Value too large");
        emperor.untilSaid(vassal, "tried");
        String refusals = "mkdir: cannot create directory '/var/tmp/dN': Value too large for defined data type\n"
                + "/bin/sh: 1: cannot create /tmp/N: Permission denied\n";

        assertEquals(refusals + "written\ntried\n", tried(vassal, "--", "/bin/sh", "-c", TRY));
        assertEquals(refusals + "written\ntried\n", tried("--user", "root", vassal, "--", "/bin/sh", "-c", TRY));
        assertEquals("written\ntried\n", tried("--unconfined", vassal, "--", "/bin/sh", "-c", TRY));
        for (String field : List.of("Seccomp", "Seccomp_filters", "NoNewPrivs")) {
            String asked = tried(vassal, "--", "/bin/sh", "-c", "grep ^" + field + ": /proc/self/status");
            assertEquals(Host.field(emperor.pid(vassal), field).orElseThrow(), asked.split("\t", -1)[1].strip(), field);
        }
    }

    @Test
    void whatBindsAVisitIsWhatBindsTheProgramAndNotWhatItsFileSaysNow() {
        emperor.drop("edited", "exec = " + emperor.probe("stay"), "clone = fs", "landlock = ro:/");
        emperor.untilRunning("edited");
        emperor.drop("edited", "exec = " + emperor.probe("stay"), "clone = fs", "landlock = none", "no-such-key = 1");
        emperor.problem("edited");

        assertTrue(tried("edited", "--", "/bin/sh", "-c", TRY).contains("cannot create /var/tmp/N"));
        emperor.dismiss("edited");
    }

    @Test
    void visitIsRefusedWhereNobodyCanTellWhatBindsTheProgram() throws IOException {
        emperor.drop("noted", "exec = " + emperor.probe("stay"), "landlock = ro:/");
        emperor.untilRunning("noted");
        int incarnation = emperor.shown("noted").get("incarnation").intValue();
        Path note = emperor.place().state().resolve("vassals/noted." + incarnation + ".restraints");
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(note));
        Files.writeString(note, "nonsense\n");

        try (Visitor visit = Visitor.exec(emperor, "noted", "true")) {
            assertEquals(111, visit.exitCode());
            visit.untilSaid("cannot enter the jail of vassal noted: what binds its program cannot be read in " + note);
            visit.untilSaid("--unconfined enters without");
        }
        assertEquals("", tried("--unconfined", "noted", "--", "true"));
        emperor.dismiss("noted");
        assertFalse(Files.exists(note));
    }

    @Test
    void rootDirectoryIsTheJails() throws IOException {
        Path distro = Files.createDirectory(emperor.place().path().resolve("distro"));
        Files.createDirectory(distro.resolve("proc"));
        Probe.into(distro);
        emperor.drop("rooted", "exec = /probe stay", "namespace = " + distro);
        emperor.drop("chrooted", "exec = /probe stay", "chroot = " + distro);
        emperor.untilRunning("rooted", "chrooted");
        for (String vassal : List.of("rooted", "chrooted")) {
            try (Visitor visit = Visitor.exec(emperor, vassal, "/probe", "report")) {
                assertEquals(0, visit.exitCode(), visit::said);
                assertEquals(
                        Set.of("probe", "proc"),
                        Set.copyOf(Report.parse(visit.said().strip()).list("root")),
                        vassal);
            }
        }
        emperor.dismiss("rooted", "chrooted");
    }

    @Test
    void endOfTheCommandIsTheEndOfTheVisit() {
        assertEquals(7, run("five", "/bin/sh", "-c", "exit 7"));
        assertEquals(128 + 9, run("five", "/bin/sh", "-c", "kill -9 $$"));
        assertEquals(127, run("five", "no-such-program"));
        assertEquals(127, run("five", ""));
        assertEquals(126, run("five", "/etc/passwd"));
        assertEquals(4, run("nobody", "true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "standard", "strict"})
    void fewOpenFilesAreForTheProgramAndItsVisitorAlone(String preset) {
        String poor = "poor-" + preset;
        emperor.drop(
                poor,
                "exec = /bin/sh -c 'ulimit -n; exec sleep 1000'",
                "exec-as-user = ulimit -n",
                "limit-nofile = 8:9",
                "jail-preset = " + preset);
        emperor.untilRunning(poor);
        try (Visitor visit = Visitor.exec(emperor, poor, "/bin/sh", "-c", "ulimit -n; ulimit -H -n; exit 7")) {
            assertEquals(7, visit.exitCode(), visit::said);
            assertEquals("8\n9\n", visit.said());
        }
        Await.until("both tell their limit", () -> emperor.place().output(poor).equals(List.of("8", "8")));
        emperor.dismiss(poor);
    }

    @Test
    void vassalThatWaitsHasNoJailToEnter() {
        emperor.drop("ill", "exec = /no/such/program", "backoff-delay = 1h", "backoff-limit = 1h");
        emperor.untilState("ill", "waiting");
        try (Visitor visit = Visitor.exec(emperor, "ill", "true")) {
            assertEquals(3, visit.exitCode());
            visit.untilSaid("vassal ill has no jail to enter: it is waiting");
        }
        emperor.dismiss("ill");
    }

    @Test
    void standardStreamsAreTheCallers() {
        try (Visitor visit = Visitor.exec(emperor, "five", "cat")) {
            visit.type("one\n");
            visit.untilSaid("one");
        }
    }

    @Test
    void signalsGoToTheCommand() {
        try (Visitor visit = Visitor.exec(
                emperor,
                "five",
                "/bin/sh",
                "-c",
                "trap 'echo heard; exit 9' INT; echo up; " + "while :; do sleep 0.1; done")) {
            visit.untilSaid("up");
            Host.signal("INT", visit.pid());
            assertEquals(9, visit.exitCode());
            visit.untilSaid("heard");
        }
    }

    @Test
    void visitEndsWithTheJailAndHoldsUpNothing() {
        emperor.drop("brief", "exec = " + emperor.probe("stay"), "clone = fs,uts");
        emperor.untilRunning("brief");
        try (Visitor visit = Visitor.exec(emperor, "brief", "/bin/sh", "-c", "echo up; exec sleep 1000")) {
            visit.untilSaid("up");
            emperor.dismiss("brief");
            assertEquals(128 + 9, visit.exitCode());
            visit.untilSaid("the jail of vassal brief has ended");
        }
    }

    @Test
    void visitWhoseCallerIsKilledEnds() {
        try (Visitor visit = Visitor.exec(emperor, "plain", "/bin/sh", "-c", "echo up $$; exec sleep 1000")) {
            visit.untilSaid("up ");
            int inside = Integer.parseInt(visit.said().strip().substring(3));
            Host.signal("KILL", visit.pid());
            Await.until("the command is gone", () -> !Host.isAlive(inside));
        }
    }

    @Test
    void whatAVisitLeavesBehindIsEndedWhereNoInitTakesIt() {
        try (Visitor visit = Visitor.exec(emperor, "plain", "/bin/sh", "-c", "sleep 1000 & echo left $!")) {
            assertEquals(0, visit.exitCode());
            int left = Integer.parseInt(visit.said().strip().substring(5));
            Await.until("the orphan is gone", () -> !Host.isAlive(left));
        }
    }

    /** The line that script(1) runs, on a terminal of its own. */
    @Test
    void namespacesAreListedByTheirNumbers() {
        try (Visitor list = Visitor.begin(emperor, Visitor.command(emperor, "ns"), Map.of())) {
            assertEquals(0, list.exitCode());
            String five = list.said()
                    .lines()
                    .filter(line -> line.startsWith("five "))
                    .findFirst()
                    .orElseThrow();
            Matcher number = Pattern.compile("[0-9]+").matcher(Host.link(emperor.pid("five"), "ns/net"));
            assertTrue(number.find());
            assertTrue(five.contains(number.group()), list.said());
            String plain = list.said()
                    .lines()
                    .filter(line -> line.startsWith("plain "))
                    .findFirst()
                    .orElseThrow();
            assertTrue(plain.matches("plain +[0-9]+( +-){8}"), plain);
        }
    }
}
