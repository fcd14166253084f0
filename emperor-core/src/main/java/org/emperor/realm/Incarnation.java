package org.emperor.realm;

import java.time.Duration;
import java.util.Optional;

/**
 * One launch of a vassal and how far it has come.
 *
 * @param revision the revision of the wish it was launched for
 * @param deadline when its phase has lasted too long, or, while RUNNING, long enough
 * @param tries how often this phase's effect was repeated
 * @param born since when the program runs; while STARTING, since when it is being launched
 * @param pid the main program's process id as the emperor sees it; 0 if there is none
 * @param ending why it ends, once it does
 * @param outcome how it ended, once the main program is reaped or the launch failed
 */
public record Incarnation(
        IncarnationId id,
        long revision,
        Terms terms,
        Phase phase,
        Optional<Moment> deadline,
        int tries,
        Moment born,
        boolean ready,
        int pid,
        Optional<Ending> ending,
        Optional<Outcome> outcome) {

    static Incarnation launching(IncarnationId id, long revision, Terms terms, Moment now) {
        return new Incarnation(
                id,
                revision,
                terms,
                Phase.STARTING,
                Optional.of(now.plus(terms.spec().life().startTimeout())),
                0,
                now,
                false,
                0,
                Optional.empty(),
                Optional.empty());
    }

    /** It was its turn then: as long as it takes to start, it takes since. */
    Incarnation begun(Moment turn) {
        return in(Phase.STARTING, Optional.of(turn.plus(terms.spec().life().startTimeout())), tries);
    }

    boolean isNotDue(Moment now) {
        return deadline.filter(at -> at.isAfter(now)).isPresent();
    }

    public long number() {
        return id.number();
    }

    /** Whether nothing has begun to end it. */
    public boolean isStanding() {
        return switch (phase) {
            case STARTING, RUNNING, LOYAL -> true;
            case STOPPING, KILLING, DISMANTLING -> false;
        };
    }

    /** Whether it stands and has shown that it works, so that another may give way to it. */
    boolean isProven() {
        return phase == Phase.LOYAL || (phase == Phase.RUNNING && ready);
    }

    /** Whether its program must still say that it is ready. */
    boolean owesReady() {
        return terms.readyTimeout().isPresent() && !ready;
    }

    /** It stands for a newer revision of its wish, which is the same otherwise. */
    Incarnation renewed(long newRevision) {
        return new Incarnation(id, newRevision, terms, phase, deadline, tries, born, ready, pid, ending, outcome);
    }

    Incarnation running(int mainPid, Moment now) {
        return new Incarnation(id, revision, terms, Phase.RUNNING, deadline, 0, now, ready, mainPid, ending, outcome)
                .untilProven();
    }

    Incarnation asReady() {
        Incarnation said =
                new Incarnation(id, revision, terms, phase, deadline, tries, born, true, pid, ending, outcome);
        return phase == Phase.RUNNING ? said.untilProven() : said;
    }

    Incarnation loyal() {
        return in(Phase.LOYAL, Optional.empty(), 0);
    }

    Incarnation stopping(int step, Moment now) {
        Duration patience = terms.stopSequence().get(step).patience();
        return in(Phase.STOPPING, Optional.of(now.plus(patience)), step);
    }

    Incarnation killing(int repeats, Moment now) {
        return in(Phase.KILLING, Optional.of(now.plus(patience(repeats))), repeats);
    }

    Incarnation dismantling(int repeats, Moment now) {
        return in(Phase.DISMANTLING, Optional.of(now.plus(patience(repeats))), repeats);
    }

    /** Remembers why it ends, unless that is known already. */
    Incarnation ending(Ending why) {
        Ending first = ending.orElse(why);
        return new Incarnation(
                id, revision, terms, phase, deadline, tries, born, ready, pid, Optional.of(first), outcome);
    }

    /** Its main program is no more. */
    Incarnation over(Ending why, ExitStatus status, Moment now) {
        Incarnation ended = ending(why);
        Duration lived = pid == 0 ? Duration.ZERO : born.until(now);
        Outcome how = new Outcome(id, ended.ending.orElse(why), status, now, lived);
        return new Incarnation(
                id, revision, terms, phase, deadline, tries, born, ready, 0, ended.ending, Optional.of(how));
    }

    /** Nothing of its jail is left, and what its cgroup counted is known. */
    Incarnation dismantled(ExitStatus counted) {
        if (counted.oomKills() == 0) {
            return this;
        }
        Optional<Outcome> how = outcome.map(it -> it.withOomKills(counted.oomKills()));
        return new Incarnation(id, revision, terms, phase, deadline, tries, born, ready, pid, ending, how);
    }

    private Incarnation untilProven() {
        Duration wait = owesReady()
                ? terms.readyTimeout().orElseThrow()
                : terms.spec().life().loyalAfter();
        return in(phase, Optional.of(born.plus(wait)), 0);
    }

    /** A second, doubling up to about a minute: what does not die at once is often in the kernel and takes its time. */
    private static Duration patience(int repeats) {
        return Duration.ofSeconds(1L << Math.min(repeats, 6));
    }

    private Incarnation in(Phase next, Optional<Moment> until, int repeats) {
        return new Incarnation(id, revision, terms, next, until, repeats, born, ready, pid, ending, outcome);
    }
}
