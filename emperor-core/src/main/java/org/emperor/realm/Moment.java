package org.emperor.realm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An instant of the monotonic clock, in nanoseconds since an arbitrary start; unaffected by steps of the wall clock. */
public record Moment(long nanos) implements Comparable<Moment> {
    public static final Moment ZERO = new Moment(0);

    public Moment plus(Duration duration) {
        return new Moment(nanos + duration.toNanos());
    }

    /** The time from this moment to {@code later}; negative if that is earlier. */
    public Duration until(Moment later) {
        return Duration.ofNanos(later.nanos - nanos);
    }

    public boolean isAfter(Moment other) {
        return nanos > other.nanos;
    }

    @Override
    public int compareTo(Moment other) {
        return Long.compare(nanos, other.nanos);
    }

    // Written out: those that javac leaves to the first use take a cold start milliseconds each.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Moment that && nanos == that.nanos;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(nanos);
    }
}
