package org.emperor.realm;

import java.time.Duration;
import org.emperor.realm.Ending.Kind;

/** The machine of one incarnation: every event in every phase, one method a phase; it never decides to be born. */
final class IncarnationCycle {
    private static final Ending LEFT = new Ending(Kind.LEFT, false, "");

    private IncarnationCycle() {}

    static Passage decide(Incarnation one, VassalEvent event, Moment now) {
        return switch (one.phase()) {
            case STARTING -> starting(one, event, now);
            case RUNNING -> running(one, event, now);
            case LOYAL -> loyal(one, event, now);
            case STOPPING -> stopping(one, event, now);
            case KILLING -> killing(one, event, now);
            case DISMANTLING -> dismantling(one, event, now);
        };
    }

    private static Passage starting(Incarnation one, VassalEvent event, Moment now) {
        return switch (event.kind()) {
            case LAUNCHED -> Passage.to(one.running(event.pid(), now));
            case LAUNCH_FAILED -> over(one, launchFailed(event.detail()), event, now);
            case READY -> Passage.to(one.asReady());
            case EXITED -> over(one, died(true, ""), event, now);
            case DISMANTLED -> Passage.impossible(one);
            case LEAVE -> kill(one.ending(LEFT), now);
            case DEADLINE -> kill(one.ending(launchFailed(notWithin("started", startTimeout(one)))), now);
        };
    }

    private static Passage running(Incarnation one, VassalEvent event, Moment now) {
        return switch (event.kind()) {
            case LAUNCHED, LAUNCH_FAILED, DISMANTLED -> Passage.impossible(one);
            case READY -> Passage.to(one.asReady());
            case EXITED -> over(one, died(true, ""), event, now);
            case LEAVE -> terminate(one.ending(LEFT), 0, now);
            case DEADLINE -> one.owesReady() ? notReady(one, now) : Passage.to(one.loyal());
        };
    }

    private static Passage loyal(Incarnation one, VassalEvent event, Moment now) {
        return switch (event.kind()) {
            case LAUNCHED, READY -> Passage.to(one);
            case LAUNCH_FAILED, DISMANTLED -> Passage.impossible(one);
            case EXITED -> over(one, died(false, ""), event, now);
            case LEAVE -> terminate(one.ending(LEFT), 0, now);
            case DEADLINE -> terminate(one.ending(died(true, "no sign of life in time")), 0, now);
        };
    }

    private static Passage stopping(Incarnation one, VassalEvent event, Moment now) {
        return switch (event.kind()) {
            case LAUNCHED, LAUNCH_FAILED, DISMANTLED -> Passage.impossible(one);
            case READY, LEAVE -> Passage.to(one);
            case EXITED -> over(one, LEFT, event, now);
            case DEADLINE ->
                one.tries() + 1 < one.terms().stopSequence().size()
                        ? terminate(one, one.tries() + 1, now)
                        : kill(one, now);
        };
    }

    private static Passage killing(Incarnation one, VassalEvent event, Moment now) {
        return switch (event.kind()) {
            case LAUNCHED, READY, LEAVE -> Passage.to(one);
            case LAUNCH_FAILED, EXITED -> over(one, LEFT, event, now);
            case DISMANTLED -> Passage.impossible(one);
            case DEADLINE -> Passage.to(one.killing(one.tries() + 1, now), Effect.Kind.KILL);
        };
    }

    private static Passage dismantling(Incarnation one, VassalEvent event, Moment now) {
        return switch (event.kind()) {
            case LAUNCHED, LAUNCH_FAILED, EXITED -> Passage.impossible(one);
            case READY, LEAVE -> Passage.to(one);
            case DISMANTLED -> Passage.ended(one.dismantled(event.status()));
            case DEADLINE -> Passage.to(one.dismantling(one.tries() + 1, now), Effect.Kind.DISMANTLE);
        };
    }

    private static Passage over(Incarnation one, Ending why, VassalEvent event, Moment now) {
        return Passage.to(one.over(why, event.status(), now).dismantling(0, now), Effect.Kind.DISMANTLE);
    }

    private static Passage terminate(Incarnation one, int step, Moment now) {
        return Passage.to(one.stopping(step, now), Effect.Kind.TERMINATE);
    }

    private static Passage kill(Incarnation one, Moment now) {
        return Passage.to(one.killing(0, now), Effect.Kind.KILL);
    }

    private static Passage notReady(Incarnation one, Moment now) {
        Duration timeout = one.terms().readyTimeout().orElseThrow();
        return terminate(one.ending(died(true, notWithin("ready", timeout))), 0, now);
    }

    private static Ending launchFailed(String text) {
        return new Ending(Kind.LAUNCH_FAILED, true, text);
    }

    private static Ending died(boolean fault, String text) {
        return new Ending(Kind.DIED, fault, text);
    }

    private static Duration startTimeout(Incarnation one) {
        return one.terms().spec().life().startTimeout();
    }

    private static String notWithin(String what, Duration timeout) {
        boolean whole = timeout.toMillisPart() == 0;
        return "not " + what + " within " + (whole ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms");
    }
}
