package org.emperor.jail;

/** A run of host ids given to one vassal's user namespace: inside 0 … length-1 are outside base … base+length-1. */
public record IdRange(int base, int length) {
    /** How many ids every user namespace has. */
    public static final int LENGTH = 65536;

    /** Where the ids begin that ranges are taken from: far above those of people and what useradd(8) gives them. */
    public static final int POOL_FIRST = 0x10000000;

    /** How many those are; the ids above are negative to some programs. */
    public static final int POOL = 0x7fff0000 - POOL_FIRST;

    /** The first range of the pool, for plans that nobody runs. */
    public static final IdRange SAMPLE = new IdRange(POOL_FIRST, LENGTH);

    /** @throws IllegalArgumentException if the range is empty, contains the host's root or passes the last id */
    public IdRange {
        if (base <= 0 || length <= 0 || (long) base + length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("id range " + base + "+" + length);
        }
    }
}
