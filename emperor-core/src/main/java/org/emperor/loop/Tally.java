package org.emperor.loop;

import java.time.Duration;
import java.util.Optional;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Outcome;

/** Counts for the emperor's view; belongs to the loop's thread. */
final class Tally implements RealmListener {
    private final TurnTimes.Collector turnTimes = new TurnTimes.Collector();
    private long turns;
    private long launches;
    private long launchFailures;
    private long deaths;
    private long orphans;
    private long defects;
    private long errandFailures;

    void turn() {
        turns++;
    }

    /** The turn is over; shown from the next one on. */
    void turned(Duration time) {
        turnTimes.add(time);
    }

    @Override
    public void launching(IncarnationId incarnation) {
        launches++;
    }

    @Override
    public void launchFailed(Outcome outcome, int failures, Optional<Duration> next) {
        launchFailures++;
    }

    @Override
    public void died(Outcome outcome, int failures, Optional<Duration> next) {
        deaths++;
    }

    @Override
    public void orphan(int pid, ExitStatus status) {
        orphans++;
    }

    @Override
    public void errandFailed(IncarnationId incarnation, String hook, String why, String next) {
        errandFailures++;
    }

    @Override
    public void defect(String what) {
        defects++;
    }

    EmperorView view(Reign reign, java.util.List<String> troubles, int capacity, boolean stopping) {
        return new EmperorView(
                reign.pid(),
                reign.version(),
                reign.started(),
                reign.sources(),
                troubles,
                capacity,
                turns,
                turnTimes.view(),
                launches,
                launchFailures,
                deaths,
                orphans,
                errandFailures,
                defects,
                stopping);
    }
}
