package org.emperor.jail;

/** A run of host ids given to one vassal's user namespace: inside 0 … length-1 are outside base … base+length-1. */
public record IdRange(int base, int length) {
    /** How many ids every user namespace has. */
    public static final int LENGTH = 65536;

    /** @throws IllegalArgumentException if the range is empty, contains the host's root or passes the last id */
    public IdRange {
        if (base <= 0 || length <= 0 || (long) base + length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("id range " + base + "+" + length);
        }
    }
}
