package org.emperor.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.emperor.realm.ClosedGate;
import org.emperor.realm.Effect;
import org.emperor.realm.Gate;
import org.emperor.realm.Incarnation;
import org.emperor.realm.Moment;
import org.emperor.realm.Outcome;
import org.emperor.realm.Phase;
import org.emperor.realm.Stance;
import org.emperor.realm.Transition;
import org.emperor.realm.Vassal;
import org.emperor.realm.VassalEvent;

/** What a transition of the realm means to a listener. */
final class Tidings {
    private final Transition transition;
    private final Moment now;
    private final int capacity;
    private final List<Consumer<RealmListener>> told = new ArrayList<>();

    private Tidings(Transition transition, Moment now, int capacity) {
        this.transition = transition;
        this.now = now;
        this.capacity = capacity;
    }

    static List<Consumer<RealmListener>> of(Transition transition, Moment now, int capacity) {
        Tidings tidings = new Tidings(transition, now, capacity);
        transition.cause().ifPresent(tidings::tellCause);
        transition.before().ifPresent(tidings::tellIncarnations);
        tidings.tellEffects();
        tidings.tellVassal();
        return tidings.told;
    }

    private void tellCause(VassalEvent event) {
        if (transition.decision().defect()) {
            String phase = incarnation(transition.before(), event)
                    .map(one -> "phase " + one.phase())
                    .orElse("no such incarnation");
            told.add(listener -> listener.defect(event.kind() + " told of " + event.incarnation() + ": " + phase));
            return;
        }
        switch (event.kind()) {
            case LAUNCHED -> told.add(listener -> listener.launched(event.incarnation(), event.pid()));
            case READY -> told.add(listener -> listener.ready(event.incarnation()));
            case EXITED -> told.add(listener -> listener.exited(event.incarnation(), event.status()));
            case DEADLINE -> tellOverdue(event);
            case LAUNCH_FAILED, DISMANTLED, LEAVE -> {}
        }
    }

    private void tellOverdue(VassalEvent event) {
        Incarnation before = incarnation(transition.before(), event).orElseThrow();
        Incarnation after = incarnation(Optional.of(transition.after()), event).orElseThrow();
        boolean asItShould = (before.isStanding() && after.isStanding()) || isUsual(before);
        if (!asItShould) {
            told.add(listener -> listener.overdue(event.incarnation(), before.phase(), after.phase()));
        }
    }

    /** Where thousands end at once, each waits some seconds for its turn to be dismantled. */
    private static boolean isUsual(Incarnation before) {
        return before.phase() == Phase.DISMANTLING && before.tries() < 2;
    }

    private void tellIncarnations(Vassal before) {
        for (Optional<Incarnation> held : List.of(before.current(), before.beside())) {
            held.ifPresent(one -> transition
                    .after()
                    .incarnation(one.number())
                    .ifPresentOrElse(after -> tellPhase(one, after), () -> tellEnd(one)));
        }
    }

    private void tellPhase(Incarnation before, Incarnation after) {
        if (before.phase() != after.phase()) {
            told.add(listener -> listener.entered(after.id(), after.phase()));
        }
    }

    private void tellEnd(Incarnation last) {
        Outcome outcome = outcome(last);
        int failures = transition.after().failures();
        Optional<Duration> next = nextAttempt();
        if (transition.after().concluded().equals(Optional.of(Stance.DONE))) {
            told.add(listener -> listener.done(outcome));
            return;
        }
        told.add(
                switch (outcome.ending().kind()) {
                    case LAUNCH_FAILED -> listener -> listener.launchFailed(outcome, failures, next);
                    case DIED -> listener -> listener.died(outcome, failures, next);
                    case LEFT -> listener -> listener.left(outcome);
                });
    }

    /** What its dismantling has added is in the vassal only. */
    private Outcome outcome(Incarnation last) {
        return transition
                .after()
                .lastOutcome()
                .filter(it -> it.incarnation().equals(last.id()))
                .orElseGet(() -> last.outcome().orElseThrow());
    }

    private void tellEffects() {
        for (Effect effect : transition.decision().effects()) {
            if (effect.kind() == Effect.Kind.LAUNCH) {
                told.add(listener -> listener.launching(effect.incarnation()));
            } else if (effect.kind() == Effect.Kind.SIGNAL) {
                told.add(listener -> listener.reloading(effect.incarnation(), effect.signal()));
            }
        }
    }

    private void tellVassal() {
        Vassal after = transition.after();
        boolean wasShut = transition.before().filter(it -> it.isShut(Gate.SLOT)).isPresent();
        if (after.isShut(Gate.SLOT) && !wasShut) {
            told.add(listener -> listener.noRoom(after.name(), capacity));
        }
        Stance stood = transition.before().map(Vassal::stance).orElse(Stance.IDLE);
        if (after.stance() == Stance.FAILED && stood != Stance.FAILED) {
            told.add(listener -> listener.gaveUp(after.name(), after.failures()));
        }
        if (after.stance() == Stance.IDLE && stood != Stance.IDLE) {
            told.add(listener -> listener.stopped(after.name()));
        }
    }

    private Optional<Duration> nextAttempt() {
        Optional<Duration> delayed = transition.after().gates().stream()
                .filter(closed -> closed.gate() == Gate.BACKOFF)
                .findFirst()
                .flatMap(ClosedGate::opens)
                .map(now::until);
        boolean atOnce = transition.decision().effects().stream().anyMatch(it -> it.kind() == Effect.Kind.LAUNCH);
        return delayed.or(() -> atOnce ? Optional.of(Duration.ZERO) : Optional.empty());
    }

    private static Optional<Incarnation> incarnation(Optional<Vassal> vassal, VassalEvent event) {
        return vassal.flatMap(it -> it.incarnation(event.incarnation().number()));
    }
}
