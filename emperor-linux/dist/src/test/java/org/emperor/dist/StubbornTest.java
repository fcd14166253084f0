package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vassals that do not want to end: each ends whole after its grace, and nobody else is held up meanwhile. */
@Tag("kernel")
class StubbornTest {
    private static final int MOST_PIDS = 24;

    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static List<Integer> processesOf(String vassal) {
        return Host.processes(pid -> Host.text(pid, "cgroup").contains("/" + vassal + ".") && Host.isAlive(pid));
    }

    private static void dropStubborn(String vassal, String words, String... lines) {
        List<String> all = new ArrayList<>(List.of("exec = " + emperor.probe(words)));
        all.addAll(List.of(lines));
        if (all.stream().noneMatch(line -> line.startsWith("stop-grace"))) {
            all.add("stop-grace = 400ms");
        }
        emperor.drop(vassal, all.toArray(String[]::new));
        emperor.untilRunning(vassal);
    }

    private static void endsWhole(String vassal) {
        List<Integer> processes = processesOf(vassal);
        assertNotEquals(List.of(), processes);
        emperor.dismiss(vassal);
        assertTrue(processes.stream().noneMatch(Host::isAlive), "it is not called gone before it is");
        assertEquals(List.of(), processesOf(vassal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clone = pid", "clone = fs,net,ipc,uts,pid", "", "init = none", "init = none\nclone = pid"})
    void whatAVassalLeftBehindEndsWithIt(String jail) {
        String vassal = "drifter" + jail.replaceAll("[^a-z]", "");
        dropStubborn(vassal, "drift drift drift heed stay", jail);
        emperor.untilSaid(vassal, "heeding");
        emperor.until("three have drifted away", () -> processesOf(vassal).size() >= 4);

        endsWhole(vassal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clone = pid", "", "init = none", "init = none\nclone = pid"})
    void whoIgnoresEverySignalIsKilledAfterItsGrace(String jail) {
        String vassal = "ignorer" + jail.replaceAll("[^a-z]", "");
        dropStubborn(vassal, "ignore stay", jail);
        emperor.untilSaid(vassal, "ignoring");

        endsWhole(vassal);
        emperor.untilLogged("does not end, killing it vassal=" + vassal);
        emperor.untilLogged("ended as asked vassal=" + vassal, "signal=9");
    }

    @Test
    void whoHasStoppedItselfEndsToo() {
        dropStubborn("sleeper", "line:1 stop stay");
        emperor.until(
                "it has stopped",
                () -> Host.field(emperor.pid("sleeper"), "State").orElse("").startsWith("T"));

        endsWhole("sleeper");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clone = pid", ""})
    void whoForksWithoutEndHasItsLimitAndEndsWhole(String jail) {
        String vassal = "forker" + jail.replaceAll("[^a-z]", "");
        dropStubborn(vassal, "fork", "pids-max = " + MOST_PIDS, jail);
        emperor.untilSaid(vassal, "fork: 11"); // EAGAIN
        emperor.until("it has all it may have", () -> processesOf(vassal).size() == MOST_PIDS + 1);

        emperor.drop("neighbour", "exec = " + emperor.probe("heed", "stay"));
        emperor.untilSaid("neighbour", "heeding");
        emperor.dismiss("neighbour");
        endsWhole(vassal);
    }

    @Test
    void whoFloodsItsOutputHoldsUpNobody() {
        dropStubborn("flooder", "flood", "clone = pid");
        emperor.until(
                "a lot is written",
                () -> emperor.place().logs().resolve("flooder.log").toFile().length() > 8_000_000);

        emperor.drop("neighbour", "exec = " + emperor.probe("heed", "stay"));
        emperor.untilSaid("neighbour", "heeding");
        assertTrue(emperor.get("/metrics").isPresent());
        emperor.dismiss("neighbour");
        assertTrue(Host.isAlive(emperor.pid("flooder")));
        endsWhole("flooder");
    }

    /** What a busy disk could not take in time was dropped; a line that does not end is still cut and written. */
    @Test
    void lineLongerThanMemoryIsCut() {
        emperor.drop("endless", "exec = " + emperor.probe("line:5000000", "heed", "stay"));
        emperor.until("much of it is in the log", () -> pieces().size() > 10);

        assertTrue(pieces().stream().allMatch(piece -> piece.length() <= 16384));
        emperor.dismiss("endless");
    }

    private static List<String> pieces() {
        return emperor.place().output("endless").stream()
                .filter(line -> line.startsWith("l"))
                .toList();
    }

    /** The order of the log's lines is the order of events. */
    @Test
    void othersComeAndGoWhileStubbornOnesUseUpTheirGrace() {
        List<String> stubborn = List.of("deaf", "bomb", "torrent");
        String[] grace = {"stop-grace = 4s", "clone = pid"};
        dropStubborn("deaf", "ignore drift stay", grace);
        dropStubborn("bomb", "ignore fork", "pids-max = 16", grace[0], grace[1]);
        dropStubborn("torrent", "ignore flood", grace);
        emperor.untilSaid("deaf", "drifted");
        emperor.untilSaid("bomb", "fork: 11");
        List<Integer> processes = stubborn.stream()
                .flatMap(vassal -> processesOf(vassal).stream())
                .toList();

        stubborn.forEach(emperor::remove);
        stubborn.forEach(vassal -> emperor.untilState(vassal, "stopping"));
        for (int i = 0; i < 4; i++) {
            emperor.drop("guest" + i, "exec = " + emperor.probe("heed", "stay"));
            emperor.untilRunning("guest" + i);
            emperor.dismiss("guest" + i);
        }
        assertTrue(
                emperor.get("/healthz").isPresent() && emperor.get("/metrics").isPresent());
        stubborn.forEach(emperor::untilGone);

        assertTrue(processes.stream().noneMatch(Host::isAlive));
        List<String> log = emperor.place().log();
        for (String vassal : stubborn) {
            assertTrue(
                    position(log, "stopped vassal=guest3") < position(log, "does not end, killing it vassal=" + vassal),
                    "the guests had come and gone before " + vassal + "'s grace was over");
        }
    }

    private static int position(List<String> log, String part) {
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).contains(part)) {
                return i;
            }
        }
        throw new AssertionError("not logged: " + part + emperor.place().lastLog());
    }
}
