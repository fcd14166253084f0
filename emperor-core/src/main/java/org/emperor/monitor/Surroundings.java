package org.emperor.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.emperor.realm.Moment;
import org.emperor.spec.SpecResult;

/**
 * What every monitor needs of the world around it.
 *
 * @param rescan how often to look at everything, where the kernel tells of changes
 */
record Surroundings(Function<Path, SpecResult> reader, Watches watches, Supplier<Moment> clock, Duration rescan) {

    /** A scan that begins now. */
    Findings findings() {
        Moment now = clock.get();
        return new Findings(now, now.plus(rescan));
    }
}
