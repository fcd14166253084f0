package org.emperor.dist;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does: looks often, and gives up at a limit far above what it takes. */
final class Await {
    static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long BETWEEN_LOOKS = Duration.ofMillis(3).toNanos();

    private Await() {}

    static void until(String what, BooleanSupplier seen) {
        until(what, LIMIT, seen);
    }

    static void until(String what, Duration limit, BooleanSupplier seen) {
        long end = System.nanoTime() + limit.toNanos();
        while (!seen.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }
}
