package org.emperor.log;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** What of one incarnation's output waits to be written, and what had to be dropped; shared by reader and writer. */
final class Backlog {
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean gapWaits = new AtomicBoolean();

    long waiting() {
        return waiting.get();
    }

    void waits(long cost) {
        waiting.addAndGet(cost);
    }

    /** Counts what the reader drops; tells whether a gap is to be queued because none waits. */
    boolean drop(long bytes) {
        dropped.addAndGet(bytes);
        return gapWaits.compareAndSet(false, true);
    }

    /** What was dropped up to now: the writer's, when it comes to the gap. */
    long takeDropped() {
        gapWaits.set(false); // before the count is taken: what is dropped from here on queues another gap
        return dropped.getAndSet(0);
    }
}
