package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An emperor that is not root: what it cannot do it says, and everything else works. */
@Tag("kernel")
class CommonerTest {
    private static final String NOBODY = "nobody";
    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int EROFS = 30;

    private static Place place;
    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        place = new Place();
        place.belongsTo(NOBODY);
        emperor = Lesser.start(place, "--reuid=" + NOBODY, "--regid=nogroup", "--clear-groups");
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    @Test
    void vassalsRunAsTheEmperorsUser() {
        emperor.drop("common", "exec = " + emperor.probe("report", "stay"));
        Report report = emperor.report("common");

        assertEquals(List.of("65534", "65534", "65534"), report.list("uids"));
        assertEquals(List.of("0", "1", "2"), report.list("fds"));
        assertEquals(0, report.number("reopen-stdout"));
        assertEquals(EPERM, report.number("parent-ptrace"), "jail-init has its user, and is yet out of its reach");
        assertEquals(EACCES, report.number("parent-mem-write"));
        emperor.untilRunning("common");
        emperor.dismiss("common");
    }

    @Test
    void namespacesAreRefusedWithWhatTheyNeed() {
        emperor.drop("jailed", "exec = " + emperor.probe("line:7", "stay"), "clone = fs,pid");

        JsonNode problem = emperor.problem("jailed");
        assertEquals("clone", problem.get("key").textValue());
        assertEquals(3, problem.get("line").intValue());
        assertEquals(
                "needs CAP_SYS_ADMIN, which this emperor has not",
                problem.get("rule").textValue());
        assertEquals(
                "add user to clone, or run the emperor as root, or remove it",
                problem.get("remedy").textValue());
        emperor.untilLogged("refused", "jailed.ini:3", "clone: needs CAP_SYS_ADMIN");
        assertTrue(emperor.vassal("jailed").isEmpty(), "it is not tried again and again");
        assertEquals(List.of(), place.output("jailed"));
        emperor.remove("jailed");
    }

    @Test
    void standardPresetWorksInAUserNamespace() {
        emperor.drop(
                "preset",
                "exec = " + emperor.probe("look:/etc,/tmp,/run,/dev/null,/dev/pts,/proc/sys/kernel/hostname", "stay"),
                "bind-ro = " + place.path(),
                "clone = user",
                "jail-preset = standard");
        Report report = emperor.report("preset");

        assertEquals(EROFS, report.look("/etc").number("write"));
        assertEquals(0, report.look("/tmp").number("write"));
        assertEquals(65534, report.look("/run").number("uid"));
        assertEquals("1:3", report.look("/dev/null").text("device"));
        assertEquals(0, report.look("/dev/null").number("write"));
        assertEquals(List.of("ptmx"), report.look("/dev/pts").list("names"), "though group tty has no id here");
        assertTrue(report.flags("/").contains("ro"));
        emperor.dismiss("preset");
    }

    @Test
    void anotherUserIsRefusedAndNeverReplacedByTheEmperorsOwn() {
        for (String line : List.of("uid = www-data", "gid = 4242", "add-gid = 27")) {
            emperor.drop("other", "exec = " + emperor.probe("line:8", "stay"), line);
            JsonNode problem = emperor.problem("other");
            assertEquals(
                    line.substring(0, line.indexOf(' ')), problem.get("key").textValue());
            assertTrue(problem.get("rule").textValue().contains("has no CAP_SET"), problem.toString());
            assertTrue(emperor.vassal("other").isEmpty());
            emperor.remove("other");
            emperor.until("its refusal is forgotten", () -> emperor.refused().isEmpty());
        }
        assertEquals(List.of(), place.output("other"));
    }

    @Test
    void vassalEndsWholeEvenWithoutACgroup() {
        assertTrue(place.cgroups().isEmpty());
        emperor.drop("drifter", "exec = " + emperor.probe("drift", "drift", "heed", "stay"), "stop-grace = 300ms");
        emperor.untilSaid("drifter", "heeding");
        emperor.untilRunning("drifter");
        List<Integer> processes = Host.running(place.path().resolve("probe"));
        assertEquals(3, processes.size(), "the program and what it left behind");

        emperor.dismiss("drifter");
        Await.until("all have ended", () -> processes.stream().noneMatch(Host::isAlive));
    }

    @Test
    void directoryThatCannotBeReadStopsNobodyAndIsReadWhenItCan() throws IOException {
        emperor.drop("steady", "exec = " + emperor.probe("stay"));
        emperor.untilRunning("steady");
        int pid = emperor.pid("steady");
        Files.setPosixFilePermissions(place.vassals(), PosixFilePermissions.fromString("---------"));
        emperor.drop("hidden", "exec = " + emperor.probe("stay"));
        emperor.until("it shows what it cannot read", () -> emperor.troubles().stream()
                .anyMatch(line ->
                        line.contains("cannot look at " + place.vassals()) && line.contains("permission denied")));
        assertEquals(pid, emperor.pid("steady"));
        assertTrue(Host.isAlive(pid));

        Files.setPosixFilePermissions(place.vassals(), PosixFilePermissions.fromString("rwxr-xr-x"));
        emperor.untilRunning("hidden");
        assertEquals(pid, emperor.pid("steady"));
        emperor.dismiss("steady", "hidden");
    }

    @Test
    void fileThatCannotBeReadIsRefusedAndStopsNobody() throws IOException {
        emperor.drop("closed", "exec = " + emperor.probe("stay"));
        emperor.untilRunning("closed");
        int pid = emperor.pid("closed");
        Files.setPosixFilePermissions(place.file("closed"), PosixFilePermissions.fromString("---------"));

        emperor.untilShown(
                "closed", "refused", shown -> shown.get("edit_refused").booleanValue());
        emperor.untilLogged("refused", "closed.ini", "cannot be read");
        assertEquals(pid, emperor.pid("closed"));
        assertTrue(Host.isAlive(pid));
        emperor.dismiss("closed");
    }
}
