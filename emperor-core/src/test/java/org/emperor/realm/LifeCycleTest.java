package org.emperor.realm;

import static org.emperor.realm.Stages.API;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LifeCycleTest {
    private Moment now = Stages.NOW;
    private List<Effect> effects = List.of();
    private boolean defect;
    private Terms terms = Specs.restarting(API);
    private Vassal api = Vassal.stranger(terms, 0);

    @Test
    void wantedVassalIsLaunchedAtOnce() {
        up(1);
        assertDone("LAUNCH api.1");
        assertEquals(Stance.ACTIVE, api.stance());
    }

    @Test
    void loyalVassalThatDiesIsRelaunchedWithoutDelay() {
        becomeLoyal();
        tell(EventKind.EXITED, 1);
        assertDone("DISMANTLE api.1");
        tell(EventKind.DISMANTLED, 1);
        assertDone("LAUNCH api.2");
        assertEquals(0, api.failures());
    }

    @Test
    void lackOfMemoryIsKnownWhenTheJailIsDismantled() {
        up(1);
        tell(EventKind.LAUNCHED, 1);
        IncarnationId first = new IncarnationId(API.name(), 1);
        take(LifeCycle.decide(api, VassalEvent.exited(first, ExitStatus.signaled(9, false)), now));
        take(LifeCycle.decide(api, VassalEvent.dismantled(first, 2), now));
        assertEquals(
                ExitStatus.signaled(9, false).withOomKills(2),
                api.lastOutcome().orElseThrow().status());
        assertEquals("signal 9 (out of memory)", api.lastOutcome().orElseThrow().text());
    }

    @Test
    void vassalThatDiesBeforeItIsLoyalWaitsTwiceAsLongEachTime() {
        up(1);
        for (long millis : List.of(250, 500, 1000)) {
            tell(EventKind.LAUNCHED, api.last());
            tell(EventKind.EXITED, api.last());
            tell(EventKind.DISMANTLED, api.last());
            assertDone();
            assertEquals(Stance.WAITING, api.stance());
            assertEquals(Optional.of(now.plus(Duration.ofMillis(millis))), api.deadline());
            now = api.deadline().orElseThrow();
            take(LifeCycle.open(api, Gate.BACKOFF, now));
            assertDone("LAUNCH api." + api.last());
        }
        assertEquals(3, api.failures());
    }

    @Test
    void failuresAreForgivenWhenTheVassalBecomesLoyal() {
        failOnce();
        take(LifeCycle.open(api, Gate.BACKOFF, now));
        tell(EventKind.LAUNCHED, 2);
        assertEquals(1, api.failures());
        tell(EventKind.DEADLINE, 2);
        assertEquals(0, api.failures());
    }

    @Test
    void changedWishDuringBackoffForgivesAndLaunchesAtOnce() {
        failOnce();
        up(2);
        assertDone("LAUNCH api.2");
        assertEquals(0, api.failures());
    }

    @Test
    void wishDownDuringBackoffTakesEffectAtOnce() {
        failOnce();
        wish(Want.DOWN, 2);
        assertDone();
        assertEquals(Stance.IDLE, api.stance());
        assertEquals(Optional.empty(), api.deadline());
    }

    @Test
    void changedWishReplacesTheCurrentIncarnationWithoutDelay() {
        becomeLoyal();
        up(2);
        assertDone("TERMINATE api.1");
        tell(EventKind.EXITED, 1);
        tell(EventKind.DISMANTLED, 1);
        assertDone("LAUNCH api.2");
        assertEquals(2, api.current().orElseThrow().revision());
    }

    @Test
    void faultOfAnOutdatedIncarnationIsNotCounted() {
        up(1);
        tell(EventKind.LAUNCHED, 1);
        tell(EventKind.EXITED, 1);
        up(2);
        assertDone();
        tell(EventKind.DISMANTLED, 1);
        assertDone("LAUNCH api.2");
        assertEquals(0, api.failures());
    }

    @Test
    void goneVassalIsForgottenOnlyWhenItsJailIsDismantled() {
        becomeLoyal();
        wish(Want.GONE, 2);
        assertDone("TERMINATE api.1");
        tell(EventKind.EXITED, 1);
        assertFalse(api.isForgotten());
        tell(EventKind.DISMANTLED, 1);
        assertDone();
        assertTrue(api.isForgotten());
    }

    @Test
    void olderWishChangesNothing() {
        up(5);
        wish(Want.GONE, 4);
        assertDone();
        assertEquals(Want.UP, api.wish().want());
    }

    @Test
    void shutGateKeepsAWantedVassalFromBeingLaunched() {
        api = api.shut(new ClosedGate(Gate.DEPENDENCY, Optional.empty()));
        up(1);
        assertDone();
        assertEquals(Stance.WAITING, api.stance());
        take(LifeCycle.open(api, Gate.DEPENDENCY, now));
        assertDone("LAUNCH api.1");
    }

    @Test
    void vassalFailsForGoodAfterMaxRestartsUntilItsWishChanges() {
        RespawnPolicy once = new RespawnPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(1), 0, OptionalInt.of(0));
        terms = Terms.of(API, once);
        api = Vassal.stranger(terms, 0);
        failOnce();
        assertEquals(Stance.FAILED, api.stance());
        assertEquals(Optional.empty(), api.deadline());
        up(2);
        assertDone("LAUNCH api.2");
    }

    @Test
    void eventsOfUnknownIncarnationsAreOurDefectUnlessTheyMayComeLate() {
        up(1);
        tell(EventKind.DISMANTLED, 7);
        assertFalse(defect);
        tell(EventKind.READY, 7);
        assertFalse(defect);
        tell(EventKind.EXITED, 7);
        assertTrue(defect);
        assertDone();
    }

    @Test
    void onlyTheLastTwentyOutcomesAreKept() {
        up(1);
        for (int n = 1; n <= 30; n++) {
            tell(EventKind.LAUNCHED, n);
            tell(EventKind.DEADLINE, n);
            tell(EventKind.EXITED, n);
            tell(EventKind.DISMANTLED, n);
        }
        assertEquals(20, api.outcomes().size());
        assertEquals(30, api.lastOutcome().orElseThrow().incarnation().number());
    }

    @Test
    void overlappingReloadKeepsTheOldOneUntilTheNextIsReady() {
        overlap();
        assertDone("LAUNCH api.2");
        tell(EventKind.LAUNCHED, 2);
        assertDone();
        tell(EventKind.READY, 2);
        assertDone("TERMINATE api.1");
        assertEquals(2, api.current().orElseThrow().number());
        tell(EventKind.EXITED, 1);
        tell(EventKind.DISMANTLED, 1);
        assertDone();
        assertEquals(Optional.empty(), api.beside());
    }

    @Test
    void successorThatFailsLeavesTheCurrentAloneAndIsTriedAgainAfterBackoff() {
        overlap();
        tell(EventKind.LAUNCH_FAILED, 2);
        tell(EventKind.DISMANTLED, 2);
        assertDone();
        assertEquals(1, api.current().orElseThrow().number());
        assertEquals(1, api.failures());
        take(LifeCycle.open(api, Gate.BACKOFF, now));
        assertDone("LAUNCH api.3");
    }

    @Test
    void successorTakesThePlaceOfACurrentThatDiesFirst() {
        overlap();
        tell(EventKind.EXITED, 1);
        tell(EventKind.DISMANTLED, 1);
        assertDone();
        assertEquals(2, api.current().orElseThrow().number());
        assertEquals(0, api.failures());
    }

    @Test
    void successorThatIsOutdatedGoesBeforeTheNextIsLaunched() {
        overlap();
        up(3);
        assertDone("KILL api.2");
        tell(EventKind.EXITED, 2);
        tell(EventKind.DISMANTLED, 2);
        assertDone("LAUNCH api.3");
        assertEquals(1, api.current().orElseThrow().number());
    }

    @Test
    void wishGoneDismissesBothOfAnOverlap() {
        overlap();
        wish(Want.GONE, 3);
        assertDone("TERMINATE api.1", "KILL api.2");
    }

    private void overlap() {
        terms = Specs.overlapping(API);
        api = Vassal.stranger(terms, 0);
        up(1);
        tell(EventKind.LAUNCHED, 1);
        tell(EventKind.READY, 1);
        tell(EventKind.DEADLINE, 1);
        up(2);
    }

    private void becomeLoyal() {
        up(1);
        tell(EventKind.LAUNCHED, 1);
        tell(EventKind.DEADLINE, 1);
        assertEquals(Phase.LOYAL, api.current().orElseThrow().phase());
    }

    private void failOnce() {
        up(1);
        tell(EventKind.LAUNCH_FAILED, 1);
        tell(EventKind.DISMANTLED, 1);
    }

    private void up(long revision) {
        wish(Want.UP, revision);
    }

    private void wish(Want want, long revision) {
        take(LifeCycle.wish(api, new Wish(want, API, revision), terms, now));
    }

    private void tell(EventKind kind, long number) {
        take(LifeCycle.decide(api, Stages.event(kind, new IncarnationId(API.name(), number)), now));
    }

    private void take(Decision decision) {
        api = decision.next();
        effects = decision.effects();
        defect = decision.defect();
    }

    private void assertDone(String... expected) {
        List<String> done = effects.stream()
                .map(effect -> effect.kind() + " " + effect.incarnation())
                .toList();
        assertEquals(List.of(expected), done);
    }
}
