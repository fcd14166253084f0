package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlownessTest {
    private final Slowness slowness = new Slowness();
    private long now;

    private void read(Duration took, Duration pause) {
        slowness.add(now, now + took.toNanos());
        now += took.plus(pause).toNanos();
    }

    @Test
    void readThatWaitsAgainAndAgainIsTooMuch() {
        int reads = 0;
        while (!slowness.isTooMuch()) {
            read(Duration.ofMillis(1500), Duration.ZERO);
            reads++;
        }
        assertTrue(reads >= 4 && reads <= 5, reads + " reads");
    }

    @Test
    void oneLongWaitIsNot() {
        read(Duration.ofMinutes(5), Duration.ZERO);
        assertFalse(slowness.isTooMuch());
    }

    @Test
    void waitsThatAreFarApartAreNot() {
        for (int i = 0; i < 1000; i++) {
            read(Duration.ofSeconds(2), Duration.ofSeconds(10));
        }
        assertFalse(slowness.isTooMuch());
    }

    @Test
    void shortWaitsOfABusyMachineAreNot() {
        for (int i = 0; i < 1000; i++) {
            read(Duration.ofMillis(400), Duration.ZERO);
        }
        assertFalse(slowness.isTooMuch());
    }
}
