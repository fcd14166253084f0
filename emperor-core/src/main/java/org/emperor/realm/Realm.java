package org.emperor.realm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/**
 * All vassals. Mutable, and owned by the loop's thread: copying a map of thousands for every event would cost
 * milliseconds. Every method that changes it tells the changes in order.
 */
public final class Realm {
    private record Deadline(Moment at, VassalName name) {}

    private final int capacity;
    private final Function<VassalSpec, Terms> terms;
    private final SortedMap<VassalName, Vassal> vassals = new TreeMap<>();
    /** May hold entries that no longer count; the one that counts is where the vassal's own deadline says the same. */
    private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>(Comparator.comparing(Deadline::at));

    private final Set<VassalName> unseated = new LinkedHashSet<>();
    private int seated;
    /** No vassal that returns under an old name may reuse an incarnation's number: late events would hit the new one. */
    private long highestForgotten;

    /** @param capacity how many vassals may be up at once; further ones wait behind the SLOT gate in order of arrival */
    public Realm(int capacity, Function<VassalSpec, Terms> terms) {
        this.capacity = capacity;
        this.terms = terms;
    }

    public Optional<Vassal> vassal(VassalName name) {
        return Optional.ofNullable(vassals.get(name));
    }

    /** All vassals in the order of their names. */
    public Collection<Vassal> vassals() {
        return Collections.unmodifiableCollection(vassals.values());
    }

    public boolean isEmpty() {
        return vassals.isEmpty();
    }

    /** Something else is wanted of the vassal that the wish's spec names. */
    public List<Transition> apply(Wish wish, Moment now) {
        Optional<Vassal> before = vassal(wish.spec().name());
        if (before.isEmpty() && wish.want() == Want.GONE) {
            return List.of();
        }
        Terms wanted = terms.apply(wish.spec());
        Vassal known = before.orElseGet(() -> Vassal.stranger(wanted, highestForgotten));
        Vassal placed = hasSeatFor(known, wish)
                ? known.open(Gate.SLOT)
                : known.shut(new ClosedGate(Gate.SLOT, Optional.empty()));
        return commit(new Transition(before, Optional.empty(), LifeCycle.wish(placed, wish, wanted, now)), now);
    }

    /** Something happened to an incarnation; a vassal that is already forgotten has no transition any more. */
    public List<Transition> tell(VassalEvent event, Moment now) {
        Optional<Vassal> before = vassal(event.incarnation().vassal());
        return before.isEmpty()
                ? List.of()
                : commit(new Transition(before, Optional.of(event), LifeCycle.decide(before.get(), event, now)), now);
    }

    /**
     * Handles every deadline that is not after now.
     *
     * @param waitedUntil until when a launch waited behind others, if it did: that is not its own time
     */
    public List<Transition> due(Moment now, Function<IncarnationId, Optional<Moment>> waitedUntil) {
        List<Transition> all = new ArrayList<>();
        Optional<Moment> next = nextDeadline();
        while (next.isPresent() && !next.get().isAfter(now)) {
            Deadline due = deadlines.remove();
            all.addAll(fallDue(due, now, waitedUntil));
            if (counts(due)) {
                deadlines.add(due);
            }
            next = nextDeadline();
        }
        return all;
    }

    /** The earliest moment at which {@link #due} has something to do. */
    public Optional<Moment> nextDeadline() {
        while (!deadlines.isEmpty() && !counts(deadlines.element())) {
            deadlines.remove();
        }
        return Optional.ofNullable(deadlines.peek()).map(Deadline::at);
    }

    /** How many entries the heap holds, those that no longer count included. */
    int deadlinesHeld() {
        return deadlines.size();
    }

    private List<Transition> fallDue(Deadline due, Moment now, Function<IncarnationId, Optional<Moment>> waitedUntil) {
        Vassal vassal = vassal(due.name()).orElseThrow();
        Optional<Moment> at = Optional.of(due.at());
        for (ClosedGate closed : vassal.gates()) {
            if (closed.opens().equals(at)) {
                Decision decision = LifeCycle.open(vassal, closed.gate(), now);
                return commit(new Transition(Optional.of(vassal), Optional.empty(), decision), now);
            }
        }
        for (Incarnation one : vassal.incarnations()) {
            if (one.deadline().equals(at)) {
                Optional<Incarnation> later = begunLater(one, now, waitedUntil);
                if (later.isPresent()) {
                    Decision more = Decision.stay(vassal.with(later.get()));
                    return commit(new Transition(Optional.of(vassal), Optional.empty(), more), now);
                }
                return tell(VassalEvent.of(EventKind.DEADLINE, one.id()), now);
            }
        }
        throw new IllegalStateException("vassal " + due.name() + " has nothing due");
    }

    /** As it is if it had to wait for its launch, so that its time is not over. */
    private static Optional<Incarnation> begunLater(
            Incarnation one, Moment now, Function<IncarnationId, Optional<Moment>> waitedUntil) {
        return one.phase() == Phase.STARTING
                ? waitedUntil.apply(one.id()).map(one::begun).filter(it -> it.isNotDue(now))
                : Optional.empty();
    }

    private List<Transition> commit(Transition transition, Moment now) {
        List<Transition> all = new ArrayList<>();
        all.add(transition);
        store(transition);
        while (seated < capacity && !unseated.isEmpty()) {
            Vassal next = vassal(unseated.iterator().next()).orElseThrow();
            Transition admitted =
                    new Transition(Optional.of(next), Optional.empty(), LifeCycle.open(next, Gate.SLOT, now));
            all.add(admitted);
            store(admitted);
        }
        return all;
    }

    private void store(Transition transition) {
        Vassal after = transition.after();
        seated += seats(Optional.of(after)) - seats(transition.before());
        if (after.wish().want() == Want.UP && after.isShut(Gate.SLOT)) {
            unseated.add(after.name());
        } else {
            unseated.remove(after.name());
        }
        if (after.isForgotten()) {
            vassals.remove(after.name());
            highestForgotten = Math.max(highestForgotten, after.last());
        } else {
            vassals.put(after.name(), after);
            schedule(after, transition.before().flatMap(Vassal::deadline));
        }
    }

    private boolean hasSeatFor(Vassal vassal, Wish wish) {
        return wish.want() != Want.UP || seated - seats(Optional.of(vassal)) < capacity;
    }

    /** A seat is taken by who is alive, and by who is wanted up, has more to do and was given one. */
    private static int seats(Optional<Vassal> vassal) {
        return vassal.filter(it -> it.stance() != Stance.IDLE)
                        .filter(it -> it.current().isPresent() || !(it.isShut(Gate.SLOT) || it.isOver()))
                        .isPresent()
                ? 1
                : 0;
    }

    /** Adds the vassal's deadline unless the heap holds it already. */
    private void schedule(Vassal vassal, Optional<Moment> held) {
        Optional<Moment> wanted = vassal.deadline();
        if (wanted.isPresent() && !wanted.equals(held)) {
            deadlines.add(new Deadline(wanted.get(), vassal.name()));
        }
        if (deadlines.size() > 4 * vassals.size() + 64) {
            forgetStaleDeadlines();
        }
    }

    /** Long deadlines of vassals that restart often would pile up until their time. */
    private void forgetStaleDeadlines() {
        deadlines.clear();
        for (Vassal vassal : vassals.values()) {
            vassal.deadline().ifPresent(at -> deadlines.add(new Deadline(at, vassal.name())));
        }
    }

    private boolean counts(Deadline deadline) {
        return vassal(deadline.name())
                .flatMap(Vassal::deadline)
                .filter(deadline.at()::equals)
                .isPresent();
    }
}
