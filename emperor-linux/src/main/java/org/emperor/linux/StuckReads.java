package org.emperor.linux;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the read of a pipe that does not return: a program that writes from memory that does not come, as of a dead file
 * system, holds its pipe's lock until it does, and a read waits for that lock, O_NONBLOCK or not. The reader says what it
 * reads; the loop looks, and takes away what is stuck: whichever of the two comes first has it.
 *
 * @param <T> what is read
 */
final class StuckReads<T> {
    private static final int SIGHTINGS = 2; // after the first
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Read<T>> underWay = new AtomicReference<>();

    /** The loop's: what was under way when it last looked. */
    private @Nullable Read<T> suspect;

    private int sightings;
    private long lastSighting;

    /** One read: not a record, because it is only itself. */
    static final class Read<T> {
        private final T from;

        private Read(T from) {
            this.from = from;
        }
    }

    StuckReads(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Read<T> begin(T from) {
        Read<T> read = new Read<>(from);
        underWay.set(read);
        return read;
    }

    /** Whether it is still the reader's: if not, somebody else reads by now. */
    boolean end(Read<T> read) {
        return underWay.compareAndSet(read, null);
    }

    /**
     * What is stuck; it is not the reader's any more. A read counts as stuck when it was seen three times, a second apart:
     * an emperor that was itself stopped for a while sees it once.
     */
    Optional<T> takeStuck() {
        Read<T> now = underWay.get();
        long time = nanoTime.getAsLong();
        if (now == null || now != suspect) {
            suspect = now;
            sightings = 0;
            lastSighting = time;
            return Optional.empty();
        }
        if (time - lastSighting < BETWEEN.toNanos()) {
            return Optional.empty();
        }
        lastSighting = time;
        sightings++;
        if (sightings < SIGHTINGS || !underWay.compareAndSet(now, null)) {
            return Optional.empty();
        }
        suspect = null;
        return Optional.of(now.from);
    }

    /** Whether to look again soon. */
    boolean hasSuspect() {
        return suspect != null;
    }
}
