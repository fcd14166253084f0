package org.emperor.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a file says of the delays after faults in a row; what it does not say is the daemon's to know.
 *
 * @param delay after the first fault
 * @param factor how many times longer after each further one
 * @param limit the longest
 * @param jitter how much of a delay chance may add or take, in per cent
 * @param maxRestarts after how many faults in a row to give up
 */
public record Backoff(
        Optional<Duration> delay,
        OptionalInt factor,
        Optional<Duration> limit,
        OptionalInt jitter,
        OptionalInt maxRestarts) {
    public static final Backoff STANDARD = new Backoff(
            Optional.empty(), OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
}
