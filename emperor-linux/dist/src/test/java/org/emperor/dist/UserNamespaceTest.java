package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jails in which root is nobody outside. */
@Tag("kernel")
class UserNamespaceTest {
    private static final String SIX = "clone = fs,net,ipc,uts,pid,user";
    private static final int LARGEST_OF_PEOPLE = 1 << 28;

    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    /** The three numbers of the only line of a map. */
    private static List<Integer> map(Report report, String field) {
        assertEquals(1, report.list(field).size());
        return List.of(report.list(field).get(0).strip().split(" +", -1)).stream()
                .map(Integer::valueOf)
                .toList();
    }

    private static List<Integer> outside(String vassal, String field) {
        return List.of(Host.field(emperor.pid(vassal), field).orElseThrow().split("\t", -1)).stream()
                .map(Integer::valueOf)
                .distinct()
                .toList();
    }

    @Test
    void rootInsideIsAnIdOfTheGrantedRangeOutside() {
        emperor.drop("mapped", "exec = " + emperor.probe("report", "stay"), SIX);
        Report report = emperor.report("mapped");

        assertEquals(List.of("0", "0", "0"), report.list("uids"));
        assertEquals(List.of("0", "0", "0"), report.list("gids"));
        List<Integer> range = map(report, "uid_map");
        assertEquals(List.of(0, 65536), List.of(range.get(0), range.get(2)));
        assertEquals(range, map(report, "gid_map"));
        assertTrue(range.get(1) >= LARGEST_OF_PEOPLE, "far from ids that people have");
        emperor.untilRunning("mapped");
        assertEquals(List.of(range.get(1)), outside("mapped", "Uid"));
        assertEquals(List.of(range.get(1)), outside("mapped", "Gid"));
        emperor.dismiss("mapped");
    }

    @Test
    void anotherUserInsideIsThatIdOfTheRangeWithoutAnyRight() {
        emperor.drop("shifted", "exec = " + emperor.probe("report", "stay"), SIX, "uid = www-data");
        Report report = emperor.report("shifted");

        assertEquals(List.of("33", "33", "33"), report.list("uids"));
        assertEquals(List.of("33"), report.list("groups"));
        emperor.untilRunning("shifted");
        assertEquals(List.of(map(report, "uid_map").get(1) + 33), outside("shifted", "Uid"));
        for (String set : List.of("CapEff", "CapPrm", "CapInh", "CapAmb")) {
            assertEquals(0, Long.parseUnsignedLong(report.map("status").get(set), 16), set);
        }
        emperor.dismiss("shifted");
    }

    @Test
    void rootInsideHasAllRightsThereButNoneThatItWouldInherit() {
        emperor.drop("crowned", "exec = " + emperor.probe("mount:/mnt", "report", "stay"), SIX);
        Report report = emperor.report("crowned");

        emperor.untilSaid("crowned", "mount: 0");
        assertEquals(0, Long.parseUnsignedLong(report.map("status").get("CapInh"), 16));
        assertEquals(0, Long.parseUnsignedLong(report.map("status").get("CapAmb"), 16));
        emperor.dismiss("crowned");
    }

    @Test
    void everythingElseOfAJailIsAsWithoutIt() {
        emperor.drop("usual", "exec = " + emperor.probe("report", "stay"), SIX, "hostname = inside");
        Report report = emperor.report("usual");

        assertEquals("inside", report.text("hostname"));
        assertEquals(List.of("0", "1", "2"), report.list("fds"));
        assertEquals(List.of("jail-init"), report.list("parent"));
        assertEquals("{lo=up}", report.map("interfaces").toString());
        assertEquals("works", report.text("loopback"));
        assertEquals(0, report.number("reopen-stdout"), "its output is its own by its outside id");
        emperor.untilSaid("usual", "reopened");
        emperor.dismiss("usual");
    }

    @Test
    void twoVassalsNeverShareARangeAndOneKeepsItsOwn() {
        emperor.drop("one", "exec = " + emperor.probe("report", "stay"), SIX);
        emperor.drop("two", "exec = " + emperor.probe("report", "stay"), SIX);
        int one = map(emperor.report("one"), "uid_map").get(1);
        int two = map(emperor.report("two"), "uid_map").get(1);

        assertTrue(Math.abs(one - two) >= 65536, one + " and " + two);
        emperor.untilRunning("one");
        emperor.place().touch("one");
        assertEquals(one, map(emperor.report("one", 2), "uid_map").get(1));
        emperor.dismiss("one", "two");
    }

    @Test
    void rangeThatAnotherLivingEmperorUsesIsToldAndNotShared() throws IOException {
        Place place = new Place();
        emperor.drop("shared", "exec = " + emperor.probe("report", "stay"), SIX);
        int base = map(emperor.report("shared"), "uid_map").get(1);
        copyRanges(emperor.place(), place);
        try (RunningEmperor other = RunningEmperor.in(place)) {
            other.drop("shared", "exec = " + other.probe("report", "stay"), SIX);
            other.untilShown("shared", "waiting with the reason", shown -> shown.get("reason")
                    .textValue()
                    .contains("another emperor of this host uses its ids " + base));
            assertEquals(List.of(), place.output("shared"));

            other.drop("other", "exec = " + other.probe("report", "stay"), SIX);
            assertNotEquals(base, map(other.report("other"), "uid_map").get(1), "every other vassal gets one");
            other.stop();
        }
        emperor.dismiss("shared");
    }

    /** As when a data directory is copied to a second emperor. */
    private static void copyRanges(Place from, Place to) throws IOException {
        Path data = Files.createDirectories(to.state()).resolve("data");
        Files.createDirectory(data);
        Files.copy(from.state().resolve("data/uid-ranges"), data.resolve("uid-ranges"));
    }

    @Test
    void uidOutsideTheRangeIsToldBeforeAnythingRuns() {
        emperor.drop("beyond", "exec = " + emperor.probe("report", "stay"), SIX, "uid = 70000");

        JsonNode problem = emperor.problem("beyond");
        assertEquals("uid", problem.get("key").textValue());
        assertEquals(4, problem.get("line").intValue());
        assertEquals(
                "id 70000 is outside the user namespace", problem.get("rule").textValue());
        assertTrue(emperor.vassal("beyond").isEmpty(), "it is not tried again and again");
        assertEquals(List.of(), emperor.place().output("beyond"));
        emperor.remove("beyond");
    }
}
