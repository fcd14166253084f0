package org.emperor.loop;

import java.time.Instant;
import java.util.List;

/**
 * The emperor itself, as shown: counters count since it started.
 *
 * @param sources the imperial monitors as the operator gave them
 * @param troubles what is wrong with them now, a sentence each
 * @param capacity how many vassals this host's limits allow
 * @param turnTimes how long the turns of the loop took, but for the present one
 * @param orphans processes reaped that nobody launched
 * @param errandFailures hooks on the host around a vassal that failed
 * @param defects events that should not have been possible: our own bugs
 */
public record EmperorView(
        long pid,
        String version,
        Instant started,
        List<String> sources,
        List<String> troubles,
        int capacity,
        long turns,
        TurnTimes turnTimes,
        long launches,
        long launchFailures,
        long deaths,
        long orphans,
        long errandFailures,
        long defects,
        boolean stopping) {
    public EmperorView {
        sources = List.copyOf(sources);
        troubles = List.copyOf(troubles);
    }
}
