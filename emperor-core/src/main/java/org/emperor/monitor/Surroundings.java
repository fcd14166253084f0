package org.emperor.monitor;

import java.time.Duration;
import java.util.function.Supplier;
import org.emperor.realm.Moment;

/**
 * What every monitor needs of the world around it.
 *
 * @param text what the files of all monitors say together
 * @param rescan how often to look at everything, where the kernel tells of changes
 */
record Surroundings(Sources.Reader reader, Watches watches, HeldText text, Supplier<Moment> clock, Duration rescan) {

    /** The same, but for the watches. */
    Surroundings with(Watches others) {
        return new Surroundings(reader, others, text, clock, rescan);
    }

    /** A scan that begins now. */
    Findings findings() {
        Moment now = clock.get();
        return new Findings(now, now.plus(rescan));
    }
}
