package org.emperor.state;

import org.emperor.jail.IdRange;

/**
 * The order in which one emperor takes ranges from the pool: from a place of its own and around, so that emperors of one
 * host rarely meet, within a part of the pool that nothing was given of before its file was lost that many times, and then
 * from what lies above that.
 *
 * @param place any number, the same whenever the same file is opened
 */
record RangePool(int losses, int place) {
    /** How often a file can be lost. */
    static final int ERAS = 8;

    private static final int RANGES = IdRange.POOL / IdRange.LENGTH;
    private static final int ERA = RANGES / ERAS;

    /** How many ranges there are to take. */
    int size() {
        return losses >= ERAS ? 0 : RANGES - losses * ERA;
    }

    /** Where the range begins that is taken after this many others. */
    int base(int index) {
        int within = index < ERA ? (Math.floorMod(place, ERA) + index) % ERA : index;
        return IdRange.POOL_FIRST + (losses * ERA + within) * IdRange.LENGTH;
    }
}
