package org.emperor.linux;

import java.time.Duration;

/**
 * How much of the one reader's time an output has taken by reads that waited, as a bucket that leaks: who makes each read
 * wait a little would hold up all others without any read being stuck. A single long wait counts for little, because it may
 * be the whole machine's.
 */
final class Slowness {
    private static final double LONG = 0.5; // s, much more than a reader that has to wait for a processor
    private static final double MOST_EACH = 1; // s
    private static final double LEAK = 0.1; // s in a second
    private static final double FULL = 3; // s

    private double waited;
    private long last;

    boolean isTooMuch() {
        return waited > FULL;
    }

    void add(long begin, long end) {
        double took = seconds(end - begin);
        if (took < LONG) {
            return;
        }
        double leaked = waited == 0 ? 0 : LEAK * seconds(begin - last);
        waited = Math.max(0, waited - leaked) + Math.min(took, MOST_EACH);
        last = end;
    }

    private static double seconds(long nanoseconds) {
        return (double) nanoseconds / Duration.ofSeconds(1).toNanos();
    }
}
