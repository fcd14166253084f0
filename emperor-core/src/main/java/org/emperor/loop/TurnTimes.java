package org.emperor.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long turns of the loop took, without their waits, as a histogram: nobody is served while one lasts.
 *
 * @param counts turns by the bound they did not exceed, in the order of {@link #BOUNDS}; the last is of those beyond all
 * @param total all of them together
 */
public record TurnTimes(List<Long> counts, Duration total) {
    /** Upper bounds, inclusive. */
    public static final List<Duration> BOUNDS = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofSeconds(1));

    public TurnTimes {
        counts = List.copyOf(counts);
    }

    /** Collects them; belongs to the loop's thread. */
    static final class Collector {
        private static final long[] NANOS =
                BOUNDS.stream().mapToLong(Duration::toNanos).toArray();

        private final long[] counts = new long[NANOS.length + 1];
        private long total;

        void add(Duration turn) {
            long nanos = turn.toNanos();
            int place = 0;
            while (place < NANOS.length && nanos > NANOS[place]) {
                place++;
            }
            counts[place]++;
            total += nanos;
        }

        TurnTimes view() {
            List<Long> all = new ArrayList<>(counts.length);
            for (long count : counts) {
                all.add(count);
            }
            return new TurnTimes(all, Duration.ofNanos(total));
        }
    }
}
