package org.emperor.loop;

import static org.emperor.loop.Reigning.appeared;
import static org.emperor.loop.Reigning.edited;
import static org.emperor.loop.Reigning.touched;
import static org.emperor.loop.Reigning.vanished;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.emperor.jail.FakeBackend;
import org.emperor.jail.Fate;
import org.emperor.loop.VassalView.State;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.RespawnPolicy;
import org.emperor.realm.Specs;
import org.emperor.spec.Backoff;
import org.emperor.spec.Life;
import org.emperor.spec.Restart;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmperorTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** After this everything that changed is in the snapshot. */
    private static final Duration SHOWN = Duration.ofMillis(200);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final VassalSpec API = Specs.spec("api");
    private static final VassalSpec STUBBORN = Specs.spec("api", "/bin/sh", "-c", "trap '' TERM; sleep 100000");

    private final Reigning reigning = new Reigning();

    @Test
    void fileThatAppearsIsLaunchedInTheSameTurn() {
        reigning.change(appeared(API));
        assertEquals(List.of("api.1"), reigning.launched());
        reigning.pass(MINUTE);
        assertEquals(State.RUNNING, reigning.view("api").state());
        assertTrue(reigning.view("api").loyal());
        assertEquals("api.ini", reigning.view("api").id());
    }

    @Test
    void loyalVassalThatDiesIsRelaunchedWithoutDelay() {
        reigning.change(appeared(API));
        reigning.pass(MINUTE);
        reigning.end("api.1", ExitStatus.signaled(9, false));
        reigning.pass(Duration.ZERO);
        reigning.pass(Duration.ZERO);
        assertEquals(List.of("api.1", "api.2"), reigning.launched());
        assertTrue(reigning.chronicle.lines().contains("died api.1 signal 9 next 0"));
        reigning.pass(SHOWN);
        assertEquals(1, reigning.view("api").deaths());
        assertEquals(
                Optional.of(ExitStatus.signaled(9, false)), reigning.view("api").last());
    }

    @Test
    void lackOfMemoryIsToldAndCountedThoughItIsKnownOnlyWhenTheJailIsGone() {
        reigning.change(appeared(API));
        reigning.pass(MINUTE);
        reigning.end("api.1", ExitStatus.signaled(9, false).withOomKills(2));
        reigning.pass(SHOWN);
        assertTrue(reigning.chronicle.lines().contains("died api.1 signal 9 (out of memory) next 0"));
        assertEquals(2, reigning.view("api").oomKills());
        assertEquals(
                Optional.of(ExitStatus.signaled(9, false).withOomKills(2)),
                reigning.view("api").last());
    }

    @Test
    void crashLoopIsThrottledAndShown() {
        reigning.change(appeared(Specs.spec("api", "/bin/sh", "-c", "exit 3")));
        reigning.pass(Duration.ofMillis(1100));
        assertEquals(List.of("api.1", "api.2", "api.3"), reigning.launched());
        VassalView view = reigning.view("api");
        assertEquals(State.WAITING, view.state());
        assertEquals("3 faults in a row: exit code 3", view.reason());
        assertEquals(3, view.failures());
        assertEquals(
                Duration.ofMillis(1750).toNanos(),
                view.nextAttempt().orElseThrow().nanos());
        reigning.pass(MINUTE.multipliedBy(60));
        assertEquals(8 + 59, reigning.launched().size(), "at the cap it is tried every minute");
    }

    @Test
    void launchThatFailsIsToldWithItsDetailAndTheNextAttempt() {
        reigning.change(appeared(Specs.spec("api", "/no/such/program")));
        reigning.pass(Duration.ofMillis(100));
        assertTrue(reigning.chronicle
                .lines()
                .contains("launch failed api.1 step main/1 exec /no/such/program: ENOENT (no such file or directory)"
                        + " next 250"));
        assertEquals(Optional.empty(), reigning.view("api").last());
        assertEquals(1, reigning.emperor.snapshot().emperor().launchFailures());
        assertEquals(0, reigning.emperor.snapshot().emperor().deaths());
    }

    @Test
    void editReplacesTheIncarnationOnlyAfterItsJailIsGone() {
        reigning.change(appeared(API));
        reigning.pass(MINUTE);
        reigning.change(edited(Specs.spec("api", "/bin/sleep", "2000")));
        assertEquals(State.STOPPING, reigning.view("api").state());
        assertEquals("restarting", reigning.view("api").reason());
        reigning.pass(SECOND);
        assertEquals(List.of("api.1", "api.2"), reigning.launched());
        assertEquals(Set.of("api.2"), reigning.backend.standing());
        assertTrue(reigning.chronicle.lines().contains("left api.1 signal 15"));
        assertEquals(0, reigning.view("api").deaths());
    }

    @Test
    void touchReloadsOnlyWhoWantsIt() {
        Life untouchable = Specs.life(SECOND, false, SECOND, SECOND, Restart.ALWAYS);
        VassalSpec calm = Specs.spec("calm", untouchable);
        reigning.change(appeared(API), appeared(calm));
        reigning.pass(MINUTE);
        reigning.change(touched(API), touched(calm));
        reigning.pass(SECOND);
        assertEquals(List.of("api.1", "calm.1", "api.2"), reigning.launched());
    }

    @Test
    void editDuringBackoffLaunchesAtOnce() {
        reigning.change(appeared(Specs.spec("api", "/bin/false")));
        reigning.pass(Duration.ofMillis(100));
        reigning.change(edited(API));
        assertEquals(List.of("api.1", "api.2"), reigning.launched());
        reigning.pass(SHOWN);
        assertEquals(0, reigning.view("api").failures());
    }

    @Test
    void vanishedFileStopsItsVassalAndIsForgotten() {
        reigning.change(appeared(API));
        reigning.pass(MINUTE);
        reigning.change(vanished("api"));
        reigning.pass(MINUTE);
        assertEquals(List.of(), reigning.emperor.snapshot().vassals());
        assertEquals(Set.of(), reigning.backend.standing());
        assertTrue(reigning.chronicle.lines().contains("stopped api"));
    }

    @Test
    void vanishDuringBackoffTakesEffectAtOnceAndNothingStartsLater() {
        reigning.change(appeared(Specs.spec("api", "/bin/false")));
        reigning.pass(Duration.ofMillis(100));
        reigning.change(vanished("api"));
        assertTrue(reigning.chronicle.lines().contains("stopped api"));
        reigning.pass(MINUTE);
        assertEquals(List.of("api.1"), reigning.launched());
        assertEquals(List.of(), reigning.emperor.snapshot().vassals());
    }

    @Test
    void vanishDuringTheLaunchEndsIt() {
        Reigning slow = new Reigning(slowLaunches(), 10);
        slow.change(appeared(API));
        slow.change(vanished("api"));
        slow.pass(MINUTE);
        assertEquals(Set.of(), slow.backend.standing());
        assertEquals(0, slow.emperor.snapshot().emperor().defects());
        assertTrue(slow.chronicle.lines().contains("left api.1 unknown status"));
    }

    @Test
    void endBeforeTheProgramRanHasNoStatus() {
        Reigning slow = new Reigning(slowLaunches(), 10);
        slow.change(appeared(API));
        slow.change(touched(API));
        slow.pass(Duration.ofSeconds(7));
        assertEquals(List.of("api.1", "api.2"), slow.launched());
        assertEquals(Optional.empty(), slow.view("api").last());
    }

    @Test
    void launchAfterFaultsSaysWhyItIsNotTheFirst() {
        Reigning slow = new Reigning(slowLaunches(), 10);
        slow.change(appeared(Specs.spec("api", "/bin/sh", "-c", "exit 3")));
        assertEquals("", slow.view("api").reason());
        slow.turnUntil(
                () -> slow.view("api").failures() == 2 && slow.view("api").state() == State.STARTING);
        assertEquals("2 faults in a row: exit code 3", slow.view("api").reason());
    }

    @Test
    void launchThatTakesTooLongIsKilledAndCountsAsAFault() {
        Reigning slow = new Reigning(slowLaunches(), 10);
        Life hasty = Specs.life(SECOND, true, SECOND, SECOND, Restart.ALWAYS);
        slow.change(appeared(Specs.spec("api", hasty)));
        slow.pass(Duration.ofMillis(5100));
        assertTrue(slow.chronicle.lines().contains("overdue api.1 STARTING KILLING"));
        assertTrue(slow.chronicle.lines().contains("launch failed api.1 not started within 1 s next 250"));
    }

    @Test
    void vassalThatIgnoresTermIsKilledAfterItsGrace() {
        reigning.change(appeared(STUBBORN));
        reigning.pass(MINUTE);
        reigning.change(vanished("api"));
        reigning.pass(Duration.ofMillis(9_900));
        assertEquals(Set.of("api.1"), reigning.backend.standing());
        reigning.pass(SECOND);
        assertEquals(Set.of(), reigning.backend.standing());
        assertTrue(reigning.chronicle.lines().contains("overdue api.1 STOPPING KILLING"));
        assertTrue(reigning.chronicle.lines().contains("left api.1 signal 9"));
    }

    @Test
    void jailThatDoesNotGoAwayIsDismantledAgainAndNothingStartsBeforeItHasGone() {
        int[] asked = {0};
        Reigning sticky = new Reigning(
                new Fate() {
                    @Override
                    public boolean isDismantled(IncarnationId incarnation) {
                        return ++asked[0] == 4;
                    }
                },
                10);
        sticky.change(appeared(API));
        sticky.pass(MINUTE);
        sticky.end("api.1", ExitStatus.exited(0));
        sticky.pass(Duration.ofMillis(6_900));
        assertEquals(List.of("api.1"), sticky.launched());
        sticky.pass(SECOND);
        assertEquals(List.of("api.1", "api.2"), sticky.launched());
        assertEquals(1, sticky.chronicle.count("overdue api.1 DISMANTLING"), "it is usual for some seconds");
    }

    @Test
    void vanishingOfAnotherFileOfTheSameNameStopsNobody() {
        reigning.change(appeared(API));
        org.emperor.monitor.Change other = vanished("api");
        reigning.change(new org.emperor.monitor.Change(
                other.kind(),
                java.nio.file.Path.of("/other/api.yml"),
                "api.yml",
                other.name(),
                "/other",
                Optional.empty(),
                List.of()));
        reigning.pass(MINUTE);
        assertEquals(State.RUNNING, reigning.view("api").state());
    }

    @Test
    void renamedFileStopsTheOldNameAndStartsTheNew() {
        reigning.change(appeared(API));
        reigning.pass(MINUTE);
        reigning.change(vanished("api"), appeared(Specs.spec("web")));
        reigning.pass(MINUTE);
        assertEquals(Set.of("web.1"), reigning.backend.standing());
    }

    @Test
    void vassalThatVanishesAndReturnsAtOnceGetsAFreshJail() {
        reigning.change(appeared(API));
        reigning.pass(MINUTE);
        reigning.change(vanished("api"), appeared(API));
        reigning.pass(MINUTE);
        assertEquals(Set.of("api.2"), reigning.backend.standing());
    }

    @Test
    void reloadOfOneAndOfAllMakesFreshJails() {
        reigning.change(appeared(API), appeared(Specs.spec("web")));
        reigning.pass(MINUTE);
        reigning.post(new Command.Reload(new VassalName("api")));
        reigning.post(new Command.Reload(new VassalName("nobody")));
        reigning.pass(MINUTE);
        assertEquals(Set.of("api.2", "web.1"), reigning.backend.standing());
        reigning.backend.signalEmperor(Signal.HUP);
        reigning.pass(MINUTE);
        assertEquals(Set.of("api.3", "web.2"), reigning.backend.standing());
    }

    @Test
    void vassalBeyondTheCapacityIsRefusedByNameOnceAndAdmittedWhenThereIsRoom() {
        Reigning small = new Reigning(Fate.KIND, 1);
        small.change(appeared(API), appeared(Specs.spec("web")));
        small.change(touched(Specs.spec("web")));
        small.pass(MINUTE);
        assertEquals(State.REFUSED, small.view("web").state());
        assertEquals(
                "the limits of this host allow no more vassals",
                small.view("web").reason());
        assertEquals(1, small.chronicle.count("no room web 1"));
        small.change(vanished("api"));
        small.pass(MINUTE);
        assertEquals(State.RUNNING, small.view("web").state());
    }

    @Test
    void vassalThatFailsTooOftenIsGivenUp() {
        Reign strict = Reigning.reign(new RespawnPolicy(SECOND, 2, SECOND, 0, OptionalInt.of(2)));
        Emperor emperor = reigning.emperor(reigning.backend, strict);
        reigning.post(new Command.Changes(List.of(appeared(Specs.spec("api", "/bin/false")))));
        while (reigning.chronicle.count("gave up api") == 0) {
            emperor.turn();
        }
        emperor.turn();
        assertEquals(3, reigning.launched().size());
        VassalView view = emperor.snapshot().vassals().get(0);
        assertEquals("given up after 3 faults in a row: exit code 1", view.reason());
        assertEquals(State.FAILED, view.state());
    }

    @Test
    void programThatHasDoneItsWorkIsShownAsDoneAndIsNoDeath() {
        Life once = Specs.restarting(new Restart(Restart.When.ON_FAILURE, List.of(0), List.of(9), Backoff.STANDARD));
        reigning.change(appeared(Specs.spec("api", once, "/bin/true")));
        reigning.pass(MINUTE);
        assertEquals(List.of("api.1"), reigning.launched());
        assertTrue(reigning.chronicle.lines().contains("done api.1 exit code 0"));
        assertEquals(State.DONE, reigning.view("api").state());
        assertEquals("exit code 0", reigning.view("api").reason());
        assertEquals(0, reigning.view("api").deaths());
        assertEquals(0, reigning.view("api").failures());

        reigning.change(edited(Specs.spec("api", once, "/bin/sh", "-c", "exit 9")));
        reigning.pass(MINUTE);
        assertEquals(State.FAILED, reigning.view("api").state());
        assertEquals("for good: exit code 9", reigning.view("api").reason());
        assertEquals(1, reigning.chronicle.count("gave up api"));
    }

    @Test
    void touchOfWhoReloadsItselfIsASignalOnly() {
        VassalSpec own = Specs.spec("own", Specs.reloading(), "/bin/sh", "-c", "trap '' HUP; sleep 1000");
        reigning.change(appeared(own));
        reigning.pass(MINUTE);
        reigning.change(touched(own));
        reigning.pass(SECOND);
        assertEquals(List.of("own.1"), reigning.launched());
        assertTrue(reigning.chronicle.lines().contains("reloading own.1 HUP"));
    }

    @Test
    void fakeRefusesToLaunchTwice() {
        FakeBackend backend = reigning.backend;
        backend.launch(new IncarnationId(API.name(), 1), API);
        org.junit.jupiter.api.Assertions.assertThrows(
                AssertionError.class, () -> backend.launch(new IncarnationId(API.name(), 1), API));
    }

    private static Fate slowLaunches() {
        return new Fate() {
            @Override
            public Duration launchTime(IncarnationId incarnation) {
                return Duration.ofSeconds(5);
            }
        };
    }
}
