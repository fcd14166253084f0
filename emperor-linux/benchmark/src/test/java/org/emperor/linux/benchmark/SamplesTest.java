package org.emperor.linux.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {
    @Test
    void percentilesAreOfTheNearestRank() {
        Samples samples = Samples.of(
                LongStream.rangeClosed(1, 200).map(i -> 201 - i).boxed().toList());
        assertEquals(200, samples.count());
        assertEquals(100, samples.median());
        assertEquals(198, samples.percentile(99));
        assertEquals(200, samples.percentile(100));
    }

    @Test
    void oneSampleIsEveryPercentile() {
        Samples samples = Samples.of(List.of(7L));
        assertEquals(7, samples.median());
        assertEquals(7, samples.percentile(1));
        assertEquals(7, samples.percentile(99));
    }

    @Test
    void noSamplesAreNoResult() {
        assertThrows(IllegalArgumentException.class, () -> Samples.of(List.of()));
    }

    @Test
    void whoGaveTheSamplesCannotChangeThemAfterwards() {
        long[] given = {3, 1, 2};
        Samples samples = new Samples(given);
        given[0] = 99;
        assertEquals(3, samples.percentile(100));
    }
}
