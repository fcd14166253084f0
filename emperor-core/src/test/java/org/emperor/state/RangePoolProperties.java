package org.emperor.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.emperor.jail.IdRange;

class RangePoolProperties {
    private static final int ERA = IdRange.POOL / IdRange.LENGTH / RangePool.ERAS;

    @Property(tries = 50)
    void everyRangeLiesInThePoolAndIsTakenOnce(@ForAll @IntRange(max = 7) int losses, @ForAll int place) {
        RangePool pool = new RangePool(losses, place);
        Set<Integer> bases = new HashSet<>();
        for (int i = 0; i < pool.size(); i++) {
            int base = pool.base(i);
            assertEquals(0, base % IdRange.LENGTH);
            assertTrue(base >= IdRange.POOL_FIRST && base - IdRange.POOL_FIRST <= IdRange.POOL - IdRange.LENGTH);
            assertTrue(bases.add(base), "twice: " + base);
        }
        assertEquals(IdRange.POOL / IdRange.LENGTH - losses * ERA, bases.size(), "and none is left out");
    }

    @Property(tries = 100)
    void whatWasGivenBeforeALossIsNotGivenAfterIt(
            @ForAll @IntRange(max = 6) int losses,
            @ForAll @IntRange(max = 3582) int given,
            @ForAll int before,
            @ForAll int after) {
        int lost = new RangePool(losses, before).base(given);
        RangePool next = new RangePool(losses + 1, after);
        for (int i = 0; i < next.size(); i += 97) {
            assertTrue(next.base(i) > lost, "at " + i);
        }
    }
}
