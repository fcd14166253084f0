package org.emperor.loop;

import java.util.Optional;
import org.emperor.loop.VassalView.State;
import org.emperor.realm.ClosedGate;
import org.emperor.realm.Ending;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.Gate;
import org.emperor.realm.Incarnation;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.realm.Outcome;
import org.emperor.realm.Phase;
import org.emperor.realm.Vassal;
import org.emperor.realm.Want;

/** How a vassal looks to people. */
final class Views {
    static final String STOPS = "the vassal stops all the same";

    private Views() {}

    static VassalView of(Vassal vassal, Roll.Entry entry, boolean editRefused) {
        Optional<Incarnation> current = vassal.current();
        return new VassalView(
                vassal.name(),
                entry.id(),
                entry.source(),
                state(vassal),
                current.filter(one -> one.phase() == Phase.LOYAL).isPresent(),
                reason(vassal),
                vassal.last(),
                current.map(Incarnation::pid).orElse(0),
                current.map(Incarnation::born),
                nextAttempt(vassal),
                entry.launches(),
                vassal.failures(),
                entry.deaths(),
                entry.oomKills(),
                vassal.lastOutcome().flatMap(Views::status),
                vassal.wish().spec().identity(),
                vassal.wish().spec().labels(),
                editRefused);
    }

    private static State state(Vassal vassal) {
        return switch (vassal.stance()) {
            case IDLE -> State.STOPPED;
            case WAITING -> vassal.isShut(Gate.SLOT) ? State.REFUSED : State.WAITING;
            case ACTIVE -> state(vassal.current().orElseThrow());
            case DONE -> State.DONE;
            case FAILED -> State.FAILED;
        };
    }

    private static State state(Incarnation current) {
        return switch (current.phase()) {
            case STARTING -> State.STARTING;
            case RUNNING, LOYAL -> current.ready() ? State.READY : State.RUNNING;
            case STOPPING, KILLING, DISMANTLING -> State.STOPPING;
        };
    }

    private static String reason(Vassal vassal) {
        return switch (vassal.stance()) {
            case IDLE -> "not wanted";
            case WAITING -> waiting(vassal);
            case ACTIVE -> active(vassal, vassal.current().orElseThrow());
            case DONE -> vassal.lastOutcome().map(Outcome::text).orElse("");
            case FAILED ->
                (vassal.concluded().isPresent() ? "for good" : "given up after " + faults(vassal)) + lastEnd(vassal);
        };
    }

    private static String waiting(Vassal vassal) {
        if (vassal.isShut(Gate.SLOT)) {
            return "the limits of this host allow no more vassals";
        }
        return vassal.isShut(Gate.BACKOFF) ? faults(vassal) + lastEnd(vassal) : "";
    }

    private static String active(Vassal vassal, Incarnation current) {
        if (current.isStanding()) {
            boolean again = current.phase() == Phase.STARTING && vassal.failures() > 0;
            return again ? faults(vassal) + lastEnd(vassal) : "";
        }
        Ending ending = current.ending().orElseThrow();
        return switch (ending.kind()) {
            case LEFT -> vassal.wish().want() == Want.UP ? "restarting" : "not wanted any more";
            case DIED, LAUNCH_FAILED -> current.outcome().map(Outcome::text).orElse(ending.text());
        };
    }

    /** What becomes of a vassal, whatever was to be done around this incarnation of it. */
    static String next(Vassal vassal, IncarnationId incarnation) {
        if (vassal.incarnation(incarnation.number())
                .filter(Incarnation::isStanding)
                .isPresent()) {
            return "the vassal goes on";
        }
        return vassal.wish().want() == Want.UP ? "what follows the end of the vassal goes on" : STOPS;
    }

    private static String faults(Vassal vassal) {
        return vassal.failures() == 1 ? "a fault" : vassal.failures() + " faults in a row";
    }

    private static String lastEnd(Vassal vassal) {
        return vassal.lastOutcome().map(outcome -> ": " + outcome.text()).orElse("");
    }

    private static Optional<Moment> nextAttempt(Vassal vassal) {
        return vassal.gates().stream()
                .filter(closed -> closed.gate() == Gate.BACKOFF)
                .findFirst()
                .flatMap(ClosedGate::opens);
    }

    /** A launch that failed had no program that could have exited. */
    private static Optional<ExitStatus> status(Outcome outcome) {
        boolean ran = outcome.ran() && outcome.ending().kind() != Ending.Kind.LAUNCH_FAILED;
        return ran ? Optional.of(outcome.status()) : Optional.empty();
    }
}
