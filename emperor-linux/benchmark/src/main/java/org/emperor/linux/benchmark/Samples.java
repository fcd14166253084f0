package org.emperor.linux.benchmark;

import java.util.Arrays;
import java.util.List;

/** Measured durations in nanoseconds, in ascending order. */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, never handed out
record Samples(long[] nanos) {

    /** @throws IllegalArgumentException if there are none */
    Samples {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("no samples");
        }
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    static Samples of(List<Long> nanos) {
        return new Samples(nanos.stream().mapToLong(Long::longValue).toArray());
    }

    int count() {
        return nanos.length;
    }

    long median() {
        return percentile(50);
    }

    /** The smallest sample that at least that many percent of all do not exceed (nearest rank). */
    long percentile(int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * nanos.length);
        return nanos[Math.max(1, rank) - 1];
    }
}
