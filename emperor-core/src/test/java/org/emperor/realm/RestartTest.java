package org.emperor.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emperor.spec.Backoff;
import org.emperor.spec.Life;
import org.emperor.spec.Restart;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file says of restarts and reloads, in the life of its vassal. */
class RestartTest {
    private final Moment now = Stages.NOW;
    private Terms terms = Specs.restarting(Stages.API);
    private Vassal api = Vassal.stranger(terms, 0);
    private List<Effect> effects = List.of();

    @ParameterizedTest
    @CsvSource({
        "ALWAYS, 0, false, WAITING",
        "ALWAYS, 0, true, ACTIVE",
        "ALWAYS, 1, true, ACTIVE",
        "ALWAYS, 78, false, FAILED",
        "ALWAYS, 78, true, FAILED",
        "ON_FAILURE, 0, false, DONE",
        "ON_FAILURE, 0, true, DONE",
        "ON_FAILURE, 4, true, DONE",
        "ON_FAILURE, 1, false, WAITING",
        "ON_FAILURE, 1, true, ACTIVE",
        "ON_FAILURE, 78, true, FAILED",
        "NEVER, 0, false, DONE",
        "NEVER, 4, true, DONE",
        "NEVER, 1, true, FAILED",
        "NEVER, 78, false, FAILED"
    })
    void exitCodeDecides(Restart.When when, int code, boolean loyal, Stance stance) {
        begin(restart(when));
        live(loyal);
        exit(ExitStatus.exited(code));
        assertEquals(stance, api.stance());
        assertEquals(stance == Stance.ACTIVE ? 2 : 1, api.last());
    }

    @Test
    void deathBySignalIsNoSuccess() {
        begin(restart(Restart.When.NEVER));
        live(true);
        exit(ExitStatus.signaled(9, false));
        assertEquals(Stance.FAILED, api.stance());
    }

    @Test
    void launchThatFailsIsTriedAgainUnlessItRunsOnlyOnce() {
        begin(restart(Restart.When.ON_FAILURE));
        launchFails();
        assertEquals(Stance.WAITING, api.stance());
        begin(restart(Restart.When.NEVER));
        launchFails();
        assertEquals(Stance.FAILED, api.stance());
    }

    @Test
    void successSoonAfterTheLaunchIsNoFault() {
        begin(restart(Restart.When.ON_FAILURE));
        live(false);
        exit(ExitStatus.exited(0));
        assertEquals(0, api.failures());
        assertEquals(List.of(), api.gates());
        assertEquals(Optional.empty(), api.deadline());
    }

    @Test
    void newerWishLaunchesWhatIsDoneOrFailedAgain() {
        for (int code : List.of(0, 78)) {
            begin(restart(Restart.When.ON_FAILURE));
            live(true);
            exit(ExitStatus.exited(code));
            wish(Want.UP, 2);
            assertEquals(List.of("LAUNCH api.2"), done());
        }
    }

    @Test
    void endThatWasAskedForConcludesNothing() {
        begin(restart(Restart.When.NEVER));
        live(true);
        wish(Want.UP, 2);
        exit(ExitStatus.exited(0));
        assertEquals(List.of("LAUNCH api.2"), done());
    }

    @Test
    void doneVassalIsForgottenWithItsFile() {
        begin(restart(Restart.When.NEVER));
        live(true);
        exit(ExitStatus.exited(0));
        wish(Want.GONE, 2);
        assertTrue(api.isForgotten());
    }

    @Test
    void reloadOfTheSameSpecIsASignalToTheRunningProgram() {
        begin(Specs.reloading());
        live(true);
        wish(Want.UP, 2);
        assertEquals(List.of("SIGNAL api.1"), done());
        assertEquals(Signal.HUP, effects.get(0).signal());
        assertEquals(2, api.current().orElseThrow().revision());
        assertEquals(Phase.LOYAL, api.current().orElseThrow().phase());
        wish(Want.UP, 3);
        assertEquals(List.of("SIGNAL api.1"), done(), "and again");
    }

    @Test
    void reloadOfAnotherSpecIsANewJail() {
        begin(Specs.reloading());
        live(true);
        VassalSpec other = Specs.spec("api", Specs.reloading(), "/bin/other");
        take(LifeCycle.wish(api, new Wish(Want.UP, other, 2), Specs.restarting(other), now));
        assertEquals(List.of("TERMINATE api.1"), done());
    }

    @Test
    void launchUnderWayIsNotSignalledButRepeated() {
        begin(Specs.reloading());
        wish(Want.UP, 2);
        assertEquals(List.of("KILL api.1"), done());
    }

    @Test
    void stopIsNoReload() {
        begin(Specs.reloading());
        live(true);
        wish(Want.DOWN, 2);
        assertEquals(List.of("TERMINATE api.1"), done());
        wish(Want.UP, 3);
        assertEquals(List.of(), done(), "it is on its way out");
    }

    @Test
    void fileChangesOnlyThePartOfThePolicyItNames() {
        RespawnPolicy standard = RespawnPolicy.STANDARD;
        assertEquals(standard, standard.with(Backoff.STANDARD));
        Backoff slow = new Backoff(
                Optional.of(Duration.ofMinutes(5)),
                OptionalInt.of(3),
                Optional.empty(),
                OptionalInt.of(0),
                OptionalInt.of(4));
        Duration five = Duration.ofMinutes(5);
        assertEquals(new RespawnPolicy(five, 3, five, 0, OptionalInt.of(4)), standard.with(slow));
        Backoff brief = new Backoff(
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(Duration.ofMillis(100)),
                OptionalInt.empty(),
                OptionalInt.empty());
        Duration tenth = Duration.ofMillis(100);
        assertEquals(new RespawnPolicy(tenth, 2, tenth, 20, OptionalInt.empty()), standard.with(brief));
    }

    @Test
    void delaysGrowByTheFactorUpToTheLimit() {
        Duration second = Duration.ofSeconds(1);
        RespawnPolicy triple = new RespawnPolicy(second, 3, Duration.ofSeconds(10), 0, OptionalInt.empty());
        RespawnPolicy even = new RespawnPolicy(second, 1, Duration.ofSeconds(10), 0, OptionalInt.empty());
        assertEquals(
                List.of(1L, 3L, 9L, 10L, 10L),
                List.of(1, 2, 3, 4, 1_000_000).stream()
                        .map(n -> triple.delay(api.name(), n).toSeconds())
                        .toList());
        assertEquals(second, even.delay(api.name(), Integer.MAX_VALUE));
    }

    private static Life restart(Restart.When when) {
        return Specs.restarting(new Restart(when, List.of(0, 4), List.of(78), Backoff.STANDARD));
    }

    private void begin(Life life) {
        terms = Specs.restarting(Specs.spec("api", life));
        api = Vassal.stranger(terms, 0);
        wish(Want.UP, 1);
    }

    private void live(boolean loyal) {
        tell(VassalEvent.launched(Stages.FIRST, 100));
        if (loyal) {
            tell(VassalEvent.of(EventKind.DEADLINE, Stages.FIRST));
        }
    }

    private void exit(ExitStatus status) {
        tell(VassalEvent.exited(Stages.FIRST, status));
        tell(VassalEvent.of(EventKind.DISMANTLED, Stages.FIRST));
    }

    private void launchFails() {
        tell(VassalEvent.launchFailed(Stages.FIRST, "step init/1"));
        tell(VassalEvent.of(EventKind.DISMANTLED, Stages.FIRST));
    }

    private void wish(Want want, long revision) {
        take(LifeCycle.wish(api, new Wish(want, terms.spec(), revision), terms, now));
    }

    private void tell(VassalEvent event) {
        take(LifeCycle.decide(api, event, now));
    }

    private void take(Decision decision) {
        api = decision.next();
        effects = decision.effects();
        assertEquals(false, decision.defect());
    }

    private List<String> done() {
        return effects.stream()
                .map(effect -> effect.kind() + " " + effect.incarnation())
                .toList();
    }
}
