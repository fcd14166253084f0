package org.emperor.realm;

import java.time.Duration;
import java.util.function.Supplier;

/** A clock that stands still until it is moved; never backwards. */
public final class ManualClock implements Supplier<Moment> {
    private volatile Moment now = Moment.ZERO;

    @Override
    public Moment get() {
        return now;
    }

    public void advance(Duration duration) {
        advanceTo(now.plus(duration));
    }

    /** Moves on to that moment; one that has passed leaves the clock where it is. */
    public void advanceTo(Moment moment) {
        if (moment.isAfter(now)) {
            now = moment;
        }
    }
}
