package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static Place place;
    private static RunningEmperor emperor;

    /** From a copy of the tree, because a build may lie where nobody may look. */
    @BeforeAll
    static void start() {
        place = new Place();
        place.belongsTo(NOBODY);
        Path tree = place.path().resolve("emperor");
        Host.run(List.of("cp", "-r", Tree.path().toString(), tree.toString()));
        List<String> command = List.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=nogroup",
                "--clear-groups",
                tree.resolve("bin/emperor").toString());
        emperor = RunningEmperor.ready(RunningEmperor.launch(place, command));
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
        assertEquals("needs an emperor that runs as root", problem.get("rule").textValue());
        emperor.untilLogged("refused", "jailed.ini:3", "clone: needs an emperor that runs as root");
        assertTrue(emperor.vassal("jailed").isEmpty(), "it is not tried again and again");
        assertEquals(List.of(), place.output("jailed"));
        emperor.remove("jailed");
    }

    @Test
    void anotherUserIsRefusedAndNeverReplacedByTheEmperorsOwn() {
        emperor.drop("other", "exec = " + emperor.probe("line:8", "stay"), "uid = www-data");

        emperor.untilShown("other", "waiting with the reason", shown -> shown.get("reason")
                .textValue()
                .contains("become group 33: EPERM"));
        assertEquals(List.of(), place.output("other"));
        emperor.dismiss("other");
        emperor.drop("other", "exec = " + emperor.probe("line:8", "stay"), "gid = 4242");
        emperor.untilShown("other", "waiting with the reason", shown -> shown.get("reason")
                .textValue()
                .contains("become group 4242: EPERM"));
        assertEquals(List.of(), place.output("other"));
        emperor.dismiss("other");
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
