package org.emperor.realm;

import java.time.Duration;

/**
 * How one incarnation ended.
 *
 * @param at when its main program was reaped, or its launch found to have failed
 * @param lived how long the program had run by then; zero if it never did
 */
public record Outcome(IncarnationId incarnation, Ending ending, ExitStatus status, Moment at, Duration lived) {

    /** The same, when so many of its jail are known to have been killed for lack of memory. */
    Outcome withOomKills(long number) {
        return new Outcome(incarnation, ending, status.withOomKills(number), at, lived);
    }

    /** Whether its program ever did. */
    public boolean ran() {
        return status.kind() != ExitStatus.Kind.UNKNOWN || !lived.isZero();
    }

    /** Why and how it ended, in a few words. */
    public String text() {
        if (ending.text().isEmpty() && !ran()) {
            return "ended before its program ran" + status.oomText();
        }
        return ending.text().isEmpty() ? status.toString() : ending.text() + status.oomText();
    }
}
