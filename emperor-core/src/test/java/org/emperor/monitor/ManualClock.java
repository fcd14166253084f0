package org.emperor.monitor;

import java.time.Duration;
import java.util.function.Supplier;
import org.emperor.realm.Moment;

/** A clock that only moves when told to. */
final class ManualClock implements Supplier<Moment> {
    private Moment now = Moment.ZERO.plus(Duration.ofDays(1));

    @Override
    public Moment get() {
        return now;
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }
}
