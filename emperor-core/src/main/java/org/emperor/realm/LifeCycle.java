package org.emperor.realm;

import java.util.List;
import java.util.Optional;
import org.emperor.realm.Terms.Reload;

/** Decides what becomes of a vassal and what is to be done, from what it is, what happened and what time it is. */
public final class LifeCycle {
    private LifeCycle() {}

    /** Something happened to one of its incarnations. */
    public static Decision decide(Vassal vassal, VassalEvent event, Moment now) {
        Optional<Incarnation> told = vassal.incarnation(event.incarnation().number());
        if (told.isEmpty()) {
            return new Decision(vassal, List.of(), !mayComeLate(event.kind()));
        }
        Passage passage = IncarnationCycle.decide(told.get(), event, now);
        Decision decision = new Decision(
                after(vassal, passage, now), passage.effect().map(List::of).orElse(List.of()), passage.defect());
        return settle(decision, now);
    }

    /** Something else is wanted of it. An older wish than the one in force changes nothing. */
    static Decision wish(Vassal vassal, Wish wish, Terms terms, Moment now) {
        boolean newer = wish.revision() > vassal.wish().revision();
        return newer ? settle(wished(vassal, wish, terms), now) : Decision.stay(vassal);
    }

    /** A program that can reload itself does so where only the revision is new; elsewhere it is outdated now. */
    private static Decision wished(Vassal vassal, Wish wish, Terms terms) {
        Vassal next = vassal.wishing(wish, terms);
        Optional<Incarnation> running = vassal.current()
                .filter(one -> one.phase() == Phase.RUNNING || one.phase() == Phase.LOYAL)
                .filter(one -> one.revision() == vassal.wish().revision());
        boolean same = wish.want() == Want.UP
                && terms.reload() == Reload.SIGNAL
                && terms.spec().digest().equals(vassal.terms().spec().digest());
        if (!same || running.isEmpty()) {
            return Decision.stay(next);
        }
        Incarnation renewed = running.get().renewed(wish.revision());
        Effect reload = new Effect(
                Effect.Kind.SIGNAL,
                renewed.id(),
                terms.spec(),
                terms.spec().life().reloadSignal().orElseThrow());
        return new Decision(next.with(renewed), List.of(reload), false);
    }

    /** A gate opens. */
    static Decision open(Vassal vassal, Gate gate, Moment now) {
        return settle(Decision.stay(vassal.open(gate)), now);
    }

    /**
     * Whether this may be told of an incarnation that has ended. DISMANTLE is asked again when its answer is late, so that
     * there may be two answers; a program's word travels on its own and may arrive after its end.
     */
    public static boolean mayComeLate(EventKind kind) {
        return switch (kind) {
            case DISMANTLED, READY -> true;
            case LAUNCHED, LAUNCH_FAILED, EXITED, LEAVE, DEADLINE -> false;
        };
    }

    private static Vassal after(Vassal vassal, Passage passage, Moment now) {
        Incarnation one = passage.next();
        boolean counts = one.revision() == vassal.wish().revision();
        if (!passage.ended()) {
            Vassal next = vassal.with(one);
            return counts && one.phase() == Phase.LOYAL ? next.failing(0) : next;
        }
        Vassal rest = vassal.without(one);
        boolean fault = one.ending().filter(Ending::fault).isPresent();
        Optional<Stance> end = counts ? Conclusion.of(one) : Optional.empty();
        if (end.isPresent()) {
            boolean failed = end.get() == Stance.FAILED;
            return rest.failing(failed ? rest.failures() + 1 : 0).concluding(end.get());
        }
        return counts && fault ? failedAgain(rest, now) : rest;
    }

    private static Vassal failedAgain(Vassal vassal, Moment now) {
        Vassal failing = vassal.failing(vassal.failures() + 1);
        if (failing.hasGivenUp()) {
            return failing;
        }
        Moment next = now.plus(failing.terms().respawn().delay(failing.name(), failing.failures()));
        return failing.shut(new ClosedGate(Gate.BACKOFF, Optional.of(next)));
    }

    private static Decision settle(Decision decision, Moment now) {
        return decision.then(LifeCycle::succeed)
                .then(vassal -> dismiss(vassal, now))
                .then(vassal -> launch(vassal, now));
    }

    private static Decision succeed(Vassal vassal) {
        boolean proven = vassal.successor().filter(Incarnation::isProven).isPresent();
        return Decision.stay(proven ? vassal.succeeded() : vassal);
    }

    private static Decision dismiss(Vassal vassal, Moment now) {
        Decision decision = Decision.stay(vassal);
        for (Incarnation one : vassal.incarnations()) {
            if (one.isStanding() && !isWanted(vassal, one)) {
                decision = decision.then(it -> leave(it, one, now));
            }
        }
        return decision;
    }

    private static Decision leave(Vassal vassal, Incarnation one, Moment now) {
        VassalEvent event = VassalEvent.of(EventKind.LEAVE, one.id());
        Passage passage = IncarnationCycle.decide(one, event, now);
        return new Decision(
                vassal.with(passage.next()), passage.effect().map(List::of).orElse(List.of()), false);
    }

    private static boolean isWanted(Vassal vassal, Incarnation one) {
        boolean isCurrent =
                vassal.current().filter(it -> it.number() == one.number()).isPresent();
        boolean upToDate = one.revision() == vassal.wish().revision();
        boolean mayOverlap = isCurrent && vassal.terms().reload() == Reload.OVERLAP;
        boolean isOutgoing = !isCurrent && vassal.successor().isEmpty();
        return vassal.wish().want() == Want.UP && !isOutgoing && (upToDate || mayOverlap);
    }

    /** The only place where an incarnation is born. */
    private static Decision launch(Vassal vassal, Moment now) {
        boolean wanted = vassal.wish().want() == Want.UP && !vassal.isOver();
        if (!wanted || !vassal.gates().isEmpty() || !hasPlace(vassal)) {
            return Decision.stay(vassal);
        }
        IncarnationId id = new IncarnationId(vassal.name(), vassal.last() + 1);
        Incarnation newborn = Incarnation.launching(id, vassal.wish().revision(), vassal.terms(), now);
        return new Decision(vassal.joined(newborn), List.of(Passage.effect(newborn, Effect.Kind.LAUNCH)), false);
    }

    /** The slot is free, or the current one is outdated, may be overlapped and nothing else is beside it. */
    private static boolean hasPlace(Vassal vassal) {
        if (vassal.current().isEmpty()) {
            return true;
        }
        Incarnation current = vassal.current().get();
        return vassal.beside().isEmpty()
                && vassal.terms().reload() == Reload.OVERLAP
                && current.isStanding()
                && current.revision() != vassal.wish().revision();
    }
}
