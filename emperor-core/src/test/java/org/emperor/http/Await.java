package org.emperor.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something that another thread does, with a limit. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Await() {}

    public static void until(BooleanSupplier done) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + LIMIT);
            }
            Thread.onSpinWait();
        }
    }
}
