package org.emperor.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.spec.VassalName;

/**
 * One supervised program: what is wanted of it and what there is of it.
 *
 * @param gates why it is not launched though wanted
 * @param failures faults in a row
 * @param concluded DONE or FAILED once it has ended for good, as its file wished; empty before and after a newer wish
 * @param last the number of the latest incarnation; 0 if there was none
 * @param current the incarnation that stands for the vassal
 * @param beside another one during an overlapping reload: younger than the current it is the successor, older the
 *     outgoing one; never without a current
 * @param outcomes how the last incarnations ended, the latest last
 */
public record Vassal(
        VassalName name,
        Wish wish,
        Terms terms,
        List<ClosedGate> gates,
        int failures,
        Optional<Stance> concluded,
        long last,
        Optional<Incarnation> current,
        Optional<Incarnation> beside,
        List<Outcome> outcomes) {
    private static final int OUTCOMES_KEPT = 20;

    public Vassal {
        gates = List.copyOf(gates);
        outcomes = List.copyOf(outcomes);
    }

    /** A vassal of which nothing is wanted yet; its incarnations count from the number after {@code last}. */
    static Vassal stranger(Terms terms, long last) {
        Wish none = new Wish(Want.DOWN, terms.spec(), 0);
        return new Vassal(
                terms.spec().name(),
                none,
                terms,
                List.of(),
                0,
                Optional.empty(),
                last,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    public Stance stance() {
        if (current.isPresent()) {
            return Stance.ACTIVE;
        }
        if (wish.want() != Want.UP) {
            return Stance.IDLE;
        }
        return concluded.orElse(hasGivenUp() ? Stance.FAILED : Stance.WAITING);
    }

    /** Whether nothing is wanted or left of it. */
    public boolean isForgotten() {
        return wish.want() == Want.GONE && current.isEmpty();
    }

    public boolean isShut(Gate gate) {
        for (ClosedGate closed : gates) { // asked some times in every decision
            if (closed.gate() == gate) {
                return true;
            }
        }
        return false;
    }

    public Optional<Incarnation> incarnation(long number) {
        return current.filter(one -> one.number() == number).or(() -> beside.filter(one -> one.number() == number));
    }

    public Optional<Outcome> lastOutcome() {
        return outcomes.isEmpty() ? Optional.empty() : Optional.of(outcomes.get(outcomes.size() - 1));
    }

    /** When something falls due by itself: a gate opens, or a phase has lasted. */
    public Optional<Moment> deadline() {
        Optional<Moment> earliest = earlier(deadlineOf(current), deadlineOf(beside));
        for (ClosedGate gate : gates) {
            earliest = earlier(earliest, gate.opens());
        }
        return earliest;
    }

    /** Whether nothing but a newer wish launches it again. */
    boolean isOver() {
        return concluded.isPresent() || hasGivenUp();
    }

    boolean hasGivenUp() {
        return terms.respawn().givesUp(failures);
    }

    Optional<Incarnation> successor() {
        return beside.filter(
                one -> one.number() > current.map(Incarnation::number).orElse(0L));
    }

    /** The incarnations there are, the current one first. */
    List<Incarnation> incarnations() {
        List<Incarnation> all = new ArrayList<>(2);
        current.ifPresent(all::add);
        beside.ifPresent(all::add);
        return all;
    }

    /** A changed wish forgives what the earlier one failed at. */
    Vassal wishing(Wish newWish, Terms newTerms) {
        return new Vassal(name, newWish, newTerms, gates, 0, Optional.empty(), last, current, beside, outcomes)
                .open(Gate.BACKOFF);
    }

    Vassal failing(int inARow) {
        return new Vassal(name, wish, terms, gates, inARow, concluded, last, current, beside, outcomes);
    }

    /** It has ended for good. */
    Vassal concluding(Stance how) {
        return new Vassal(name, wish, terms, gates, failures, Optional.of(how), last, current, beside, outcomes);
    }

    Vassal shut(ClosedGate gate) {
        List<ClosedGate> closed = new ArrayList<>(open(gate.gate()).gates);
        closed.add(gate);
        return behind(closed);
    }

    Vassal open(Gate gate) {
        return isShut(gate)
                ? behind(gates.stream().filter(closed -> closed.gate() != gate).toList())
                : this;
    }

    /** Adds an incarnation just launched: as the current one if there is none, else beside it. */
    Vassal joined(Incarnation newborn) {
        return current.isEmpty()
                ? holding(newborn.number(), Optional.of(newborn), beside, outcomes)
                : holding(newborn.number(), current, Optional.of(newborn), outcomes);
    }

    /** Replaces the incarnation of that number. */
    Vassal with(Incarnation one) {
        return current.filter(it -> it.number() == one.number()).isPresent()
                ? holding(last, Optional.of(one), beside, outcomes)
                : holding(last, current, Optional.of(one), outcomes);
    }

    /** Removes an incarnation that has ended; what was beside the current one takes its place. */
    Vassal without(Incarnation ended) {
        List<Outcome> all = new ArrayList<>(outcomes);
        ended.outcome().ifPresent(all::add);
        List<Outcome> kept = all.subList(Math.max(0, all.size() - OUTCOMES_KEPT), all.size());
        return current.filter(it -> it.number() == ended.number()).isPresent()
                ? holding(last, beside, Optional.empty(), kept)
                : holding(last, current, Optional.empty(), kept);
    }

    /** The successor takes the place of the current one, which stays beside it until it has ended. */
    Vassal succeeded() {
        return holding(last, beside, current, outcomes);
    }

    private Vassal behind(List<ClosedGate> closed) {
        return new Vassal(name, wish, terms, closed, failures, concluded, last, current, beside, outcomes);
    }

    private Vassal holding(
            long number, Optional<Incarnation> first, Optional<Incarnation> second, List<Outcome> ended) {
        return new Vassal(name, wish, terms, gates, failures, concluded, number, first, second, ended);
    }

    private static Optional<Moment> deadlineOf(Optional<Incarnation> one) {
        return one.flatMap(Incarnation::deadline);
    }

    private static Optional<Moment> earlier(Optional<Moment> a, Optional<Moment> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isPresent() ? a : b;
        }
        return a.get().isAfter(b.get()) ? b : a;
    }
}
