package org.emperor.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.emperor.spec.Signal;
import org.emperor.spec.StopStep;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;

class RealmTest {
    private final Realm realm = new Realm(2, Specs::restarting);
    private Moment now = Moment.ZERO;

    @Test
    void earliestDeadlineOfAllIsTheNext() {
        up("a", 1);
        now = now.plus(Duration.ofSeconds(1));
        up("b", 2);
        assertEquals(Optional.of(Moment.ZERO.plus(Duration.ofSeconds(30))), realm.nextDeadline());
        tell(EventKind.LAUNCHED, "b", 1);
        assertEquals(Optional.of(now.plus(Duration.ofSeconds(1))), realm.nextDeadline());
    }

    @Test
    void deadlineThatNoLongerCountsIsPassedOver() {
        up("a", 1);
        tell(EventKind.LAUNCHED, "a", 1);
        now = now.plus(Duration.ofSeconds(1));
        assertEquals(List.of(), launched(realm.due(now, id -> Optional.empty())));
        assertEquals(Phase.LOYAL, phase("a"));
        assertEquals(Optional.empty(), realm.nextDeadline());
        assertEquals(List.of(), realm.due(now.plus(Duration.ofDays(1)), id -> Optional.empty()));
    }

    @Test
    void nothingIsDueBeforeItsTime() {
        up("a", 1);
        assertEquals(List.of(), realm.due(now.plus(Duration.ofMillis(29_999)), id -> Optional.empty()));
        assertEquals(
                1,
                realm.due(now.plus(Duration.ofSeconds(30)), id -> Optional.empty())
                        .size());
        assertEquals(Phase.KILLING, phase("a"));
    }

    @Test
    void launchThatHasToWaitBehindOthersHasItsWholeTimeFromItsTurnOn() {
        up("a", 1);
        Moment turn = now.plus(Duration.ofSeconds(59));
        now = now.plus(Duration.ofSeconds(30));
        Moment waiting = now;
        assertEquals(List.of(), launched(realm.due(now, id -> Optional.of(waiting))));
        assertEquals(Phase.STARTING, phase("a"));

        now = now.plus(Duration.ofSeconds(30));
        realm.due(now, id -> Optional.of(turn));
        assertEquals(Phase.STARTING, phase("a"), "for a second");
        assertEquals(Optional.of(turn.plus(Duration.ofSeconds(30))), realm.nextDeadline());
        realm.due(turn.plus(Duration.ofSeconds(30)), id -> Optional.of(turn));
        assertEquals(Phase.KILLING, phase("a"));
    }

    @Test
    void deadlineThatIsFollowedByOneAtTheSameMomentIsNotLost() {
        StopStep impatient = new StopStep(Signal.TERM, Duration.ZERO);
        Realm hasty = new Realm(
                1,
                spec -> new Terms(
                        spec,
                        Terms.Reload.RESTART,
                        Optional.of(Duration.ofSeconds(5)),
                        List.of(impatient, impatient),
                        Specs.PATIENT));
        hasty.apply(new Wish(Want.UP, Specs.spec("a"), 1), now);
        hasty.tell(Stages.event(EventKind.LAUNCHED, new IncarnationId(new VassalName("a"), 1)), now);
        List<Effect.Kind> done = hasty.due(now.plus(Duration.ofSeconds(5)), id -> Optional.empty()).stream()
                .flatMap(transition -> transition.decision().effects().stream())
                .map(Effect::kind)
                .toList();
        assertEquals(List.of(Effect.Kind.TERMINATE, Effect.Kind.TERMINATE, Effect.Kind.KILL), done);
    }

    @Test
    void deadlinesOfVassalsThatRestartOftenDoNotPileUp() {
        up("a", 1);
        for (int revision = 2; revision < 10_000; revision++) {
            long number = vassal("a").last();
            tell(EventKind.LAUNCHED, "a", number);
            up("a", revision);
            tell(EventKind.EXITED, "a", number);
            tell(EventKind.DISMANTLED, "a", number);
        }
        assertTrue(realm.deadlinesHeld() < 100, realm.deadlinesHeld() + " deadlines of one vassal");
    }

    @Test
    void vassalBeyondTheCapacityWaitsUntilThereIsRoom() {
        up("a", 1);
        up("b", 2);
        assertEquals(List.of(), launched(up("c", 3)));
        assertTrue(vassal("c").isShut(Gate.SLOT));
        gone("a", 4);
        tell(EventKind.EXITED, "a", 1);
        assertEquals(List.of("c.1"), launched(tell(EventKind.DISMANTLED, "a", 1)));
        assertFalse(vassal("c").isShut(Gate.SLOT));
    }

    @Test
    void vassalThatHasDoneWhatItWasToDoHoldsNoSeat() {
        realm.apply(new Wish(Want.UP, Specs.once("a"), 1), now);
        up("b", 2);
        up("c", 3);
        tell(EventKind.LAUNCHED, "a", 1);
        realm.tell(VassalEvent.exited(new IncarnationId(new VassalName("a"), 1), ExitStatus.exited(0)), now);
        assertEquals(List.of("c.1"), launched(tell(EventKind.DISMANTLED, "a", 1)));
        assertEquals(Stance.DONE, vassal("a").stance());

        assertEquals(List.of(), launched(realm.apply(new Wish(Want.UP, Specs.once("a"), 4), now)), "no seat is free");
        assertEquals(List.of("a.2"), launched(end("b", 5)));
    }

    @Test
    void vassalsWithoutRoomAreAdmittedInTheOrderTheyCame() {
        up("a", 1);
        up("b", 2);
        up("z", 3);
        up("c", 4);
        gone("z", 5);
        up("z", 6);
        assertEquals(List.of("c.1"), launched(end("a", 7)));
        assertEquals(List.of("z.1"), launched(end("b", 8)));
    }

    @Test
    void vassalInBackoffKeepsItsSeat() {
        up("a", 1);
        up("b", 2);
        tell(EventKind.LAUNCH_FAILED, "a", 1);
        tell(EventKind.DISMANTLED, "a", 1);
        assertEquals(List.of(), launched(up("c", 3)));
    }

    @Test
    void editOfAVassalWithoutRoomDoesNotLaunchIt() {
        up("a", 1);
        up("b", 2);
        up("c", 3);
        assertEquals(List.of(), launched(up("c", 4)));
    }

    @Test
    void vassalThatReturnsNeverReusesTheNumberOfAnIncarnation() {
        up("a", 1);
        end("a", 2);
        assertTrue(realm.isEmpty());
        assertEquals(List.of("a.2"), launched(up("a", 3)));
        assertTrue(
                tell(EventKind.DISMANTLED, "a", 1).get(0).decision().effects().isEmpty());
    }

    @Test
    void vassalThatReturnsWhileItsOldJailStandsWaitsForIt() {
        up("a", 1);
        gone("a", 2);
        assertEquals(List.of(), launched(up("a", 3)));
        tell(EventKind.EXITED, "a", 1);
        assertEquals(List.of("a.2"), launched(tell(EventKind.DISMANTLED, "a", 1)));
    }

    @Test
    void wishForNobodyAndNewsOfNobodyChangeNothing() {
        assertEquals(List.of(), gone("a", 1));
        assertEquals(List.of(), tell(EventKind.EXITED, "a", 1));
        assertTrue(realm.isEmpty());
    }

    private List<Transition> end(String name, long revision) {
        long number = vassal(name).last();
        gone(name, revision);
        tell(EventKind.EXITED, name, number);
        return tell(EventKind.DISMANTLED, name, number);
    }

    private List<Transition> up(String name, long revision) {
        return realm.apply(new Wish(Want.UP, Specs.spec(name), revision), now);
    }

    private List<Transition> gone(String name, long revision) {
        return realm.apply(new Wish(Want.GONE, Specs.spec(name), revision), now);
    }

    private List<Transition> tell(EventKind kind, String name, long number) {
        return realm.tell(Stages.event(kind, new IncarnationId(new VassalName(name), number)), now);
    }

    private Vassal vassal(String name) {
        return realm.vassal(new VassalName(name)).orElseThrow();
    }

    private Phase phase(String name) {
        return vassal(name).current().orElseThrow().phase();
    }

    private static List<String> launched(List<Transition> transitions) {
        return transitions.stream()
                .flatMap(transition -> transition.decision().effects().stream())
                .filter(effect -> effect.kind() == Effect.Kind.LAUNCH)
                .map(effect -> effect.incarnation().toString())
                .toList();
    }
}
