package org.emperor.log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.emperor.spec.VassalName;

/** Counts of all vassals' output, for any thread to read. */
public final class LogCounters {
    private final ConcurrentMap<VassalName, Counter> counters = new ConcurrentHashMap<>();

    private record Counter(
            LongAdder written, LongAdder dropped, LongAdder errors, AtomicLong untold, AtomicLong atLastSweep) {
        Counter() {
            this(new LongAdder(), new LongAdder(), new LongAdder(), new AtomicLong(), new AtomicLong());
        }

        /** Whether nothing was counted since this was last asked. */
        boolean isAtRest() {
            long now = written.sum() + dropped.sum() + errors.sum();
            return atLastSweep.getAndSet(now) == now;
        }
    }

    public LogCounts of(VassalName vassal) {
        Counter counter = counters.get(vassal);
        return counter == null
                ? new LogCounts(0, 0, 0)
                : new LogCounts(counter.written.sum(), counter.dropped.sum(), counter.errors.sum());
    }

    /**
     * Lets go of the counts of vassals that are gone; to be called now and then, by one thread. What is still counted stays
     * until the next time: it may be the rest of what is gone, or the first of what is not known to be there yet.
     */
    void sweep(Set<VassalName> there) {
        counters.forEach((vassal, counter) -> {
            if (!there.contains(vassal) && counter.isAtRest()) {
                counters.remove(vassal, counter);
            }
        });
    }

    void written(VassalName vassal, long bytes) {
        counter(vassal).written.add(bytes);
    }

    void dropped(VassalName vassal, long bytes) {
        counter(vassal).dropped.add(bytes);
    }

    /** Keeps in mind that this many of the dropped bytes are not told in the log yet, and that no gap waits to tell them. */
    void keepUntold(VassalName vassal, long bytes) {
        counter(vassal).untold.addAndGet(bytes);
    }

    /** How many dropped bytes are to be told now; they are forgotten here. */
    long takeUntold(VassalName vassal) {
        Counter counter = counters.get(vassal);
        return counter == null || counter.untold.get() == 0 ? 0 : counter.untold.getAndSet(0);
    }

    void failed(VassalName vassal) {
        counter(vassal).errors.increment();
    }

    private Counter counter(VassalName vassal) {
        return counters.computeIfAbsent(vassal, v -> new Counter());
    }
}
