package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps that a vassal file gives, seen from both sides. */
@Tag("kernel")
class IdMapsTest {
    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static List<String> lines(Report report, String field) {
        return report.list(field).stream()
                .map(line -> String.join(" ", List.of(line.strip().split(" +", -1))))
                .toList();
    }

    private static List<String> outside(String vassal, String field) {
        return List.of(Host.field(emperor.pid(vassal), field).orElseThrow().split("\t", -1)).stream()
                .distinct()
                .toList();
    }

    @Test
    void rangeOfTheFileIsTheVassals() {
        emperor.drop(
                "ranged",
                "exec = " + emperor.probe("report", "stay"),
                "clone = pid,fs,user",
                "user-range = 700000:1000",
                "uid = www-data");
        Report report = emperor.report("ranged");

        assertEquals(List.of("0 700000 1000"), lines(report, "uid_map"));
        assertEquals(List.of("0 700000 1000"), lines(report, "gid_map"));
        assertEquals(List.of("allow"), report.list("setgroups"));
        assertEquals(0, report.number("reopen-stdout"));
        emperor.untilRunning("ranged");
        assertEquals(List.of("700033"), outside("ranged", "Uid"));
        assertEquals(List.of("700033"), outside("ranged", "Gid"));
        emperor.dismiss("ranged");
    }

    @Test
    void usersAndGroupsAreMappedLineByLine() {
        emperor.drop(
                "lined",
                "exec = " + emperor.probe("report", "stay"),
                "clone = pid,fs,user",
                "uid-map = 0 700000 10",
                "uid-map = 33 800000 1",
                "gid-map = 33 900000 2",
                "gid-map = 50 910000 1",
                "uid = www-data",
                "add-gid = 50");
        Report report = emperor.report("lined");

        assertEquals(List.of("0 700000 10", "33 800000 1"), lines(report, "uid_map"));
        assertEquals(List.of("33 900000 2", "50 910000 1"), lines(report, "gid_map"));
        assertEquals(List.of("33", "50"), report.list("groups"));
        assertEquals(0, report.number("reopen-stdout"));
        emperor.untilRunning("lined");
        assertEquals(List.of("800000"), outside("lined", "Uid"));
        assertEquals(List.of("900000"), outside("lined", "Gid"));
        emperor.dismiss("lined");
    }

    /** There is nobody who could be root again: no set-user-id program, no capability. */
    @Test
    void jailWithoutRootInsideIsBuiltAllTheSame() {
        emperor.drop(
                "rootless",
                "exec = " + emperor.probe("mount:/mnt", "report", "stay"),
                "clone = fs,net,ipc,uts,pid,user",
                "hostname = inside",
                "uid-map = 33 700033 1",
                "uid = www-data");
        Report report = emperor.report("rootless");

        assertEquals("inside", report.text("hostname"));
        assertEquals("works", report.text("loopback"));
        assertEquals(List.of("33", "33", "33"), report.list("uids"));
        assertEquals(List.of("33 700033 1"), lines(report, "uid_map"));
        assertEquals(1, report.number("parent-ptrace"), "jail-init has its user, and is yet out of its reach");
        emperor.untilSaid("rootless", "mount: 1");
        emperor.untilRunning("rootless");
        assertEquals(
                List.of("700033"),
                Host.field(emperor.init("rootless"), "Uid").stream()
                        .flatMap(ids -> List.of(ids.split("\t", -1)).stream())
                        .distinct()
                        .toList(),
                "jail-init is not root of the host either");
        for (String set : List.of("CapEff", "CapPrm", "CapInh", "CapAmb")) {
            assertEquals(0, Long.parseUnsignedLong(report.map("status").get(set), 16), set);
        }
        emperor.dismiss("rootless");
    }

    @Test
    void kernelTakesAsManyLinesAsTheFileMayHave() {
        List<String> file =
                new ArrayList<>(List.of("exec = " + emperor.probe("line:3", "stay"), "clone = user", "uid = 0"));
        for (int id = 0; id < 340; id++) {
            file.add("uid-map = " + id + " " + (99_999 - id) + " 1");
        }
        emperor.drop("long", file.toArray(String[]::new));
        emperor.untilRunning("long");
        assertEquals(340, Host.text(emperor.pid("long"), "uid_map").lines().count());
        emperor.dismiss("long");
    }

    @ParameterizedTest
    @CsvSource({
        "0 0 1, 'gives away ids of the host''s own users, those below 65536'",
        "0 268435456 1, maps to ids of the pool that other vassals get theirs from",
        "0 700000 0, 'maps no ids, or ids that cannot be'",
        "0 700000, needs three numbers",
    })
    void badMapIsRefusedBeforeAnythingRuns(String map, String rule) {
        emperor.drop("bad", "exec = " + emperor.probe("line:5", "stay"), "clone = user", "uid-map = " + map);

        JsonNode problem = emperor.problem("bad");
        assertEquals("uid-map", problem.get("key").textValue());
        assertEquals(4, problem.get("line").intValue());
        assertEquals(rule, problem.get("rule").textValue());
        assertTrue(emperor.vassal("bad").isEmpty());
        assertEquals(List.of(), emperor.place().output("bad"));
        emperor.remove("bad");
        emperor.until("its refusal is forgotten", () -> emperor.refused().isEmpty());
    }

    @Test
    void usersOfTheHostAreGivenAwayWhenTheFileSaysSo() {
        emperor.drop(
                "same",
                "exec = " + emperor.probe("report", "stay"),
                "clone = pid,fs,user",
                "user-range = 0",
                "map-host-users = yes",
                "uid = www-data");
        assertEquals(List.of("0 0 65536"), lines(emperor.report("same"), "uid_map"));
        emperor.untilRunning("same");
        assertEquals(List.of("33"), outside("same", "Uid"));
        emperor.dismiss("same");
    }
}
