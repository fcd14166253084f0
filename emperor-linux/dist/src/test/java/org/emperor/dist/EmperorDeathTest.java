package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a reign ends, what it leaves, and how the next one in the same place begins. */
@Tag("kernel")
class EmperorDeathTest {
    private static final int MISTAKE = 100;

    /** Every way a program can be kept: with and without an init, a PID namespace, and all five. */
    private static final List<String> KINDS =
            List.of("plain", "pid", "five", "bare", "first", "drifter", "bare-drifter", "mapped");

    private Place place;
    private RunningEmperor emperor;

    @BeforeEach
    void start() {
        place = new Place();
        emperor = RunningEmperor.in(place);
    }

    @AfterEach
    void close() {
        emperor.close();
    }

    private void dropEveryKind() {
        drop("plain", "stay", "");
        drop("pid", "ignore stay", "clone = pid");
        drop("five", "stay", "clone = fs,net,ipc,uts,pid");
        drop("bare", "stay", "init = none");
        drop("first", "stay", "init = none\nclone = fs,net,ipc,uts,pid");
        drop("drifter", "drift ignore stay", "uid = www-data");
        drop("bare-drifter", "drift stay", "init = none");
        drop("mapped", "stay", "clone = fs,net,ipc,uts,pid,user");
        emperor.untilRunning(KINDS.toArray(String[]::new));
        emperor.untilSaid("pid", "ignoring");
        emperor.untilSaid("drifter", "ignoring");
        emperor.untilSaid("bare-drifter", "drifted");
    }

    private void drop(String vassal, String words, String jail) {
        emperor.drop(vassal, "exec = " + emperor.probe(words), "stop-grace = 300ms", jail);
    }

    private List<Integer> pids() {
        return KINDS.stream().map(emperor::pid).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void askedToEndItStopsAllAndLeavesNothing(String signal) {
        dropEveryKind();
        KINDS.forEach(kind -> place.drop(kind + "-2", "exec = " + place.probe("exit:1")));
        emperor.signal(signal);

        assertEquals(0, emperor.exitCode());
        place.untilNothingIsLeft();
        assertTrue(emperor.logged("obeying signal=" + signal), "and told who sent it");
        assertEquals(
                0, place.log().stream().filter(line -> line.contains(" ERROR ")).count(), place::lastLog);
    }

    @Test
    void killedItTakesEveryVassalWithIt() {
        dropEveryKind();
        List<Integer> pids = pids();
        assertTrue(pids.stream().allMatch(Host::isAlive));
        assertTrue(place.jailed().containsAll(pids), "what is looked for below finds them all");
        emperor.kill();

        Await.until(
                "all vassals are gone with their emperor", () -> pids.stream().noneMatch(Host::isAlive));
    }

    @Test
    void nextEmperorEndsWhatTheKilledOneLeftAndBeginsAnew() {
        dropEveryKind();
        List<Integer> old = place.jailed();
        emperor.kill();
        // Nobody ends what a program without an init left behind, so that there is something to find.
        List<Integer> left = old.stream().filter(Host::isAlive).toList();
        emperor = RunningEmperor.in(place);

        emperor.untilRunning(KINDS.toArray(String[]::new));
        assertTrue(old.stream().noneMatch(Host::isAlive), "of " + left);
        assertTrue(emperor.logged("ended what an earlier emperor left", "bare-drifter.1"), place::lastLog);
        assertEquals(KINDS.size(), emperor.vassals().size());
        emperor.stop();
    }

    @Test
    void leavingItsVassalsDieAsTheirFilesSay() {
        dropEveryKind();
        List<Integer> pids = pids();
        emperor.signal("USR2");

        assertEquals(0, emperor.exitCode());
        Await.until("the vassals end with the life pipe", () -> pids.stream().noneMatch(Host::isAlive));
        assertTrue(emperor.logged("obeying signal=USR2"));
        emperor = RunningEmperor.in(place);
        emperor.untilRunning(KINDS.toArray(String[]::new));
        emperor.stop();
    }

    @Test
    void hangUpReloadsAllIntoNewJails() {
        dropEveryKind();
        List<Integer> before = pids();
        emperor.signal("HUP");

        KINDS.forEach(kind -> emperor.untilRunning(kind, 2));
        List<Integer> after = pids();
        assertTrue(before.stream().noneMatch(after::contains), before + " and " + after);
        assertTrue(before.stream().noneMatch(Host::isAlive));
        emperor.stop();
    }

    @Test
    void otherSignalsDoNotHarmIt() {
        emperor.drop("calm", "exec = " + emperor.probe("stay"));
        emperor.untilRunning("calm");
        int pid = emperor.pid("calm");
        for (String signal : List.of("USR1", "QUIT", "WINCH", "URG", "CHLD", "PIPE")) {
            emperor.signal(signal);
        }

        emperor.untilLogged("ignoring signal=USR1");
        emperor.untilLogged("ignoring signal=QUIT");
        emperor.drop("later", "exec = " + emperor.probe("stay"));
        emperor.untilRunning("later");
        assertEquals(pid, emperor.pid("calm"));
        emperor.stop();
    }

    @Test
    void vassalCannotHarmItsEmperorThroughItsParent() {
        emperor.drop("kin", "exec = /bin/sh -c 'kill -KILL -1; kill -KILL 0; kill -KILL $PPID'", "clone = pid");
        emperor.drop("calm", "exec = " + emperor.probe("stay"));
        emperor.untilShown("kin", "dead", shown -> shown.get("deaths").intValue() >= 1);

        emperor.untilRunning("calm");
        assertEquals(1, emperor.shown("calm").get("launches").intValue());
        emperor.stop();
    }

    @Test
    void secondEmperorOnTheSameStateDirectoryIsRefusedAndToldWhoHasIt() {
        emperor.drop("calm", "exec = " + emperor.probe("stay"));
        emperor.untilRunning("calm");
        int pid = emperor.pid("calm");

        RunningEmperor second = RunningEmperor.launch(place, RunningEmperor.java());
        assertEquals(MISTAKE, second.exitCode());
        assertTrue(
                place.log().stream()
                        .anyMatch(line -> line.contains("cannot reign over " + place.state())
                                && line.contains("pid " + emperor.pid())),
                place::lastLog);
        assertEquals(pid, emperor.pid("calm"));
        assertTrue(Host.isAlive(pid));
        emperor.stop();
    }

    @Test
    void twoEmperorsInTwoPlacesDoNotKnowEachOther() {
        Place elsewhere = new Place();
        try (RunningEmperor other = RunningEmperor.in(elsewhere)) {
            Stream.of(emperor, other).forEach(one -> one.drop("same", "exec = " + one.probe("stay"), "clone = pid"));
            Stream.of(emperor, other).forEach(one -> one.untilRunning("same"));
            assertNotEquals(emperor.pid("same"), other.pid("same"));
            int pid = emperor.pid("same");
            other.stop();
            assertEquals(pid, emperor.pid("same"));
            assertTrue(Host.isAlive(pid));
        }
        emperor.stop();
    }

    @Test
    void manyDeathsAtOnceAreAllCountedOnce() {
        List<String> many =
                Stream.iterate(0, i -> i + 1).limit(200).map(i -> "d" + i).toList();
        many.forEach(vassal -> emperor.drop(vassal, "exec = " + emperor.probe("stay"), "loyal-after = 1h"));
        emperor.untilRunning(many.toArray(String[]::new));
        Host.signal("TERM", many.stream().map(emperor::pid).toList());

        emperor.until(
                "200 deaths are counted",
                () -> emperor.api().get("emperor").get("deaths").intValue() >= 200);
        many.forEach(vassal -> emperor.untilRunning(vassal, 2));
        assertEquals(200, emperor.api().get("emperor").get("deaths").intValue());
        emperor.vassals()
                .forEach(vassal ->
                        assertEquals("signal 15", vassal.get("last").get("text").textValue()));
        emperor.stop();
    }
}
