package org.emperor.realm;

import static org.emperor.realm.Stages.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.emperor.spec.Signal;
import org.emperor.spec.StopStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncarnationCycleTest {

    @ParameterizedTest
    @CsvSource({
        "STARTING,    LAUNCHED,      RUNNING,     -,         -",
        "STARTING,    LAUNCH_FAILED, DISMANTLING, DISMANTLE, LAUNCH_FAILED fault",
        "STARTING,    READY,         STARTING,    -,         -",
        "STARTING,    EXITED,        DISMANTLING, DISMANTLE, DIED fault",
        "STARTING,    DISMANTLED,    STARTING,    defect,    -",
        "STARTING,    LEAVE,         KILLING,     KILL,      LEFT",
        "STARTING,    DEADLINE,      KILLING,     KILL,      LAUNCH_FAILED fault",
        "RUNNING,     LAUNCHED,      RUNNING,     defect,    -",
        "RUNNING,     LAUNCH_FAILED, RUNNING,     defect,    -",
        "RUNNING,     READY,         RUNNING,     -,         -",
        "RUNNING,     EXITED,        DISMANTLING, DISMANTLE, DIED fault",
        "RUNNING,     DISMANTLED,    RUNNING,     defect,    -",
        "RUNNING,     LEAVE,         STOPPING,    TERMINATE, LEFT",
        "RUNNING,     DEADLINE,      LOYAL,       -,         -",
        "LOYAL,       LAUNCHED,      LOYAL,       -,         -",
        "LOYAL,       LAUNCH_FAILED, LOYAL,       defect,    -",
        "LOYAL,       READY,         LOYAL,       -,         -",
        "LOYAL,       EXITED,        DISMANTLING, DISMANTLE, DIED",
        "LOYAL,       DISMANTLED,    LOYAL,       defect,    -",
        "LOYAL,       LEAVE,         STOPPING,    TERMINATE, LEFT",
        "LOYAL,       DEADLINE,      STOPPING,    TERMINATE, DIED fault",
        "STOPPING,    LAUNCHED,      STOPPING,    defect,    LEFT",
        "STOPPING,    LAUNCH_FAILED, STOPPING,    defect,    LEFT",
        "STOPPING,    READY,         STOPPING,    -,         LEFT",
        "STOPPING,    EXITED,        DISMANTLING, DISMANTLE, LEFT",
        "STOPPING,    DISMANTLED,    STOPPING,    defect,    LEFT",
        "STOPPING,    LEAVE,         STOPPING,    -,         LEFT",
        "STOPPING,    DEADLINE,      KILLING,     KILL,      LEFT",
        "KILLING,     LAUNCHED,      KILLING,     -,         LEFT",
        "KILLING,     LAUNCH_FAILED, DISMANTLING, DISMANTLE, LEFT",
        "KILLING,     READY,         KILLING,     -,         LEFT",
        "KILLING,     EXITED,        DISMANTLING, DISMANTLE, LEFT",
        "KILLING,     DISMANTLED,    KILLING,     defect,    LEFT",
        "KILLING,     LEAVE,         KILLING,     -,         LEFT",
        "KILLING,     DEADLINE,      KILLING,     KILL,      LEFT",
        "DISMANTLING, LAUNCHED,      DISMANTLING, defect,    DIED",
        "DISMANTLING, LAUNCH_FAILED, DISMANTLING, defect,    DIED",
        "DISMANTLING, READY,         DISMANTLING, -,         DIED",
        "DISMANTLING, EXITED,        DISMANTLING, defect,    DIED",
        "DISMANTLING, DISMANTLED,    ended,       -,         DIED",
        "DISMANTLING, LEAVE,         DISMANTLING, -,         DIED",
        "DISMANTLING, DEADLINE,      DISMANTLING, DISMANTLE, DIED",
    })
    void everyCellOfTheTable(Phase phase, EventKind kind, String next, String effect, String ending) {
        Incarnation one = Stages.in(phase);
        Passage passage = Stages.passage(one, kind);
        String done = passage.effect().map(it -> it.kind().name()).orElse("-");
        assertEquals(next, passage.ended() ? "ended" : passage.next().phase().name());
        assertEquals(effect, passage.defect() ? "defect" : done);
        assertEquals(
                ending, passage.next().ending().map(IncarnationCycleTest::text).orElse("-"));
        if (passage.defect()) {
            assertEquals(one, passage.next(), "an impossible event changes nothing");
        }
    }

    @Test
    void programThatOwesItsWordIsAskedToEndWhenReadyTimeoutPasses() {
        Incarnation owing = Stages.in(Phase.RUNNING, Specs.overlapping(Stages.API));
        Passage passage = Stages.passage(owing, EventKind.DEADLINE);
        assertEquals(Optional.of(NOW.plus(Duration.ofSeconds(5))), owing.deadline());
        assertEquals(Phase.STOPPING, passage.next().phase());
        assertEquals(
                "not ready within 5 s", passage.next().ending().orElseThrow().text());
        assertTrue(passage.next().ending().orElseThrow().fault());
    }

    @Test
    void readyProgramIsLoyalOnlyAfterItsTime() {
        Incarnation ready = Stages.after(Stages.in(Phase.RUNNING, Specs.overlapping(Stages.API)), EventKind.READY);
        assertEquals(Phase.RUNNING, ready.phase());
        assertEquals(Optional.of(NOW.plus(Duration.ofSeconds(1))), ready.deadline());
        assertTrue(Stages.after(ready, EventKind.EXITED).ending().orElseThrow().fault());
        assertEquals(Phase.LOYAL, Stages.after(ready, EventKind.DEADLINE).phase());
    }

    @Test
    void wordGivenBeforeTheLaunchIsKnownCounts() {
        Incarnation early = Stages.after(Stages.in(Phase.STARTING, Specs.overlapping(Stages.API)), EventKind.READY);
        Incarnation running = Stages.after(early, EventKind.LAUNCHED);
        assertTrue(running.ready());
        assertEquals(Optional.of(NOW.plus(Duration.ofSeconds(1))), running.deadline());
    }

    @Test
    void stopSequenceIsGoneThroughBeforeTheKill() {
        List<StopStep> steps = List.of(
                new StopStep(Signal.INT, Duration.ofSeconds(2)), new StopStep(Signal.QUIT, Duration.ofSeconds(3)));
        Terms patient = new Terms(Stages.API, Terms.Reload.RESTART, Optional.empty(), steps, Specs.PATIENT);
        Passage first = Stages.passage(Stages.in(Phase.LOYAL, patient), EventKind.LEAVE);
        Passage second = Stages.passage(first.next(), EventKind.DEADLINE);
        Passage third = Stages.passage(second.next(), EventKind.DEADLINE);
        assertEquals(Signal.INT, first.effect().orElseThrow().signal());
        assertEquals(Optional.of(NOW.plus(Duration.ofSeconds(2))), first.next().deadline());
        assertEquals(Signal.QUIT, second.effect().orElseThrow().signal());
        assertEquals(Optional.of(NOW.plus(Duration.ofSeconds(3))), second.next().deadline());
        assertEquals(Effect.Kind.KILL, third.effect().orElseThrow().kind());
    }

    @ParameterizedTest
    @CsvSource({"KILLING", "DISMANTLING"})
    void repeatedEffectsWaitTwiceAsLongEachTimeUpToAboutAMinute(Phase phase) {
        Incarnation one = Stages.in(phase);
        for (long seconds : List.of(1, 2, 4, 8, 16, 32, 64, 64)) {
            assertEquals(Optional.of(NOW.plus(Duration.ofSeconds(seconds))), one.deadline());
            one = Stages.after(one, EventKind.DEADLINE);
        }
    }

    @Test
    void outcomeKeepsHowItEndedAndHowLongItLived() {
        Incarnation running = Stages.in(Phase.RUNNING);
        Moment later = NOW.plus(Duration.ofMillis(700));
        VassalEvent killed = VassalEvent.exited(running.id(), ExitStatus.signaled(9, false));
        Outcome outcome =
                IncarnationCycle.decide(running, killed, later).next().outcome().orElseThrow();
        assertEquals(ExitStatus.signaled(9, false), outcome.status());
        assertEquals(Duration.ofMillis(700), outcome.lived());
        assertEquals(later, outcome.at());
        assertEquals(Ending.Kind.DIED, outcome.ending().kind());
    }

    @Test
    void launchThatNeverRanLivedNoTimeAndKeepsItsDetail() {
        Outcome outcome = Stages.after(Stages.in(Phase.STARTING), EventKind.LAUNCH_FAILED)
                .outcome()
                .orElseThrow();
        assertEquals("step init/1 chdir /nowhere: ENOENT", outcome.ending().text());
        assertEquals(Duration.ZERO, outcome.lived());
    }

    @Test
    void faultIsRememberedThroughTheKill() {
        Incarnation late = Stages.after(Stages.in(Phase.STARTING), EventKind.DEADLINE);
        Ending ending =
                Stages.after(late, EventKind.EXITED).outcome().orElseThrow().ending();
        assertTrue(ending.fault());
        assertEquals("not started within 30 s", ending.text());
    }

    @Test
    void askedEndIsNoFaultHoweverItEnds() {
        Incarnation stopping = Stages.in(Phase.STOPPING);
        assertFalse(
                Stages.after(stopping, EventKind.EXITED).ending().orElseThrow().fault());
    }

    private static String text(Ending ending) {
        return ending.kind() + (ending.fault() ? " fault" : "");
    }
}
