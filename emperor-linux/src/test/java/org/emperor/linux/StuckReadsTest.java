package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StuckReadsTest {
    private long now;
    private final StuckReads<String> reads = new StuckReads<>(() -> now);

    private Optional<String> lookAfter(int milliseconds) {
        now += Duration.ofMillis(milliseconds).toNanos();
        return reads.takeStuck();
    }

    @Test
    void readThatIsSeenThreeTimesASecondApartIsTakenAway() {
        StuckReads.Read<String> read = reads.begin("api");
        assertEquals(Optional.empty(), lookAfter(0));
        assertTrue(reads.hasSuspect());
        assertEquals(Optional.empty(), lookAfter(1000));
        assertEquals(Optional.of("api"), lookAfter(1000));
        assertFalse(reads.hasSuspect());
        assertFalse(reads.end(read), "it is not the reader's any more");
        assertEquals(Optional.empty(), lookAfter(1000), "and is told once");
    }

    @Test
    void emperorThatWasStoppedForLongBlamesNobody() {
        StuckReads.Read<String> read = reads.begin("api");
        lookAfter(0);
        assertEquals(Optional.empty(), lookAfter(3_600_000));
        assertTrue(reads.end(read));
        assertEquals(Optional.empty(), lookAfter(1000));
    }

    @Test
    void looksInQuickSuccessionCountOnce() {
        reads.begin("api");
        for (int i = 0; i < 100; i++) {
            assertEquals(Optional.empty(), lookAfter(10));
        }
    }

    @Test
    void anotherReadOfTheSameIsAnother() {
        for (int i = 0; i < 10; i++) {
            StuckReads.Read<String> read = reads.begin("api");
            assertEquals(Optional.empty(), lookAfter(1000));
            assertTrue(reads.end(read));
        }
    }
}
