package org.emperor.realm;

import java.time.Duration;
import java.util.OptionalInt;
import org.emperor.spec.Backoff;
import org.emperor.spec.VassalName;

/**
 * How long to wait after faults in a row: {@code first}, then {@code factor} times longer each up to {@code cap}, spread by up to {@code spread} percent
 * either way so that vassals that failed together do not return together.
 *
 * @param maxRestarts after how many faults in a row to give up; empty for never
 */
public record RespawnPolicy(Duration first, int factor, Duration cap, int spread, OptionalInt maxRestarts) {
    public static final RespawnPolicy STANDARD =
            new RespawnPolicy(Duration.ofMillis(250), 2, Duration.ofSeconds(60), 20, OptionalInt.empty());

    /** @throws IllegalArgumentException if a duration or the factor is not positive, or the spread is no percentage */
    public RespawnPolicy {
        boolean rising = !first.isNegative() && !first.isZero() && factor >= 1 && cap.compareTo(first) >= 0;
        if (!rising || spread < 0 || spread > 100) {
            throw new IllegalArgumentException("respawn policy " + first + " to " + cap + " +-" + spread + " %");
        }
    }

    /** This policy where a file says nothing else; a limit bounds the first delay too. */
    public RespawnPolicy with(Backoff file) {
        Duration delay = file.delay().orElse(first);
        Duration limit = file.limit().orElse(cap.compareTo(delay) < 0 ? delay : cap);
        return new RespawnPolicy(
                delay.compareTo(limit) < 0 ? delay : limit,
                file.factor().orElse(factor),
                limit,
                file.jitter().orElse(spread),
                file.maxRestarts().isPresent() ? file.maxRestarts() : maxRestarts);
    }

    /** The delay after this many faults in a row, at least one. */
    Duration delay(VassalName name, int failures) {
        Duration delay = first;
        for (int n = 1; n < failures && factor > 1 && delay.compareTo(cap) < 0; n++) {
            delay = delay.multipliedBy(factor);
        }
        Duration capped = delay.compareTo(cap) < 0 ? delay : cap;
        return capped.plus(capped.multipliedBy(jitter(name, failures)).dividedBy(10_000));
    }

    boolean givesUp(int failures) {
        return maxRestarts.isPresent() && failures > maxRestarts.getAsInt();
    }

    /** From -spread to +spread percent, in hundredths of one percent; hashed, so that deciding stays pure. */
    private long jitter(VassalName name, int failures) {
        long mixed = (name.text().hashCode() * 31L + failures) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xBF58476D1CE4E5B9L;
        return Math.floorMod(mixed ^ (mixed >>> 29), 200L * spread + 1) - 100L * spread;
    }
}
