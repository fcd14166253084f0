package org.emperor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTimesTest {
    @Test
    void turnsAreCountedByTheBoundThatTheyDoNotExceed() {
        TurnTimes.Collector times = new TurnTimes.Collector();
        times.add(Duration.ZERO);
        times.add(Duration.ofMillis(1));
        times.add(Duration.ofMillis(1).plusNanos(1));
        times.add(Duration.ofMillis(50));
        times.add(Duration.ofSeconds(1));
        times.add(Duration.ofSeconds(2));

        TurnTimes view = times.view();
        assertEquals(List.of(2L, 1L, 0L, 0L, 1L, 0L, 0L, 1L, 1L), view.counts());
        assertEquals(Duration.ofMillis(3052).plusNanos(1), view.total());
    }
}
