package org.emperor.monitor;

import java.time.Duration;
import org.emperor.realm.Moment;

/**
 * How soon a file may be read again: at once after a pause, but the longer it keeps changing the longer each reading waits,
 * so that a storm of edits becomes a few and the last one is never missed.
 */
record Pace(Moment due, Duration hold) {
    static final Pace FRESH = new Pace(Moment.ZERO, Duration.ZERO);

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMillis(640);

    /** The pace after a reading now, which this pace delayed or not. */
    Pace after(Moment now, boolean delayed) {
        Duration next = delayed ? hold.multipliedBy(2) : SHORTEST;
        Duration bounded = next.compareTo(LONGEST) > 0 ? LONGEST : next;
        return new Pace(now.plus(bounded), bounded);
    }
}
