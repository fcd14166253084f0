package org.emperor.linux.plan;

import java.util.BitSet;
import java.util.Optional;

/** Numbers in text, and lists of them as the kernel writes processors and memory nodes. */
final class Digits {
    private static final int MOST_IN_A_LIST = 4;

    private Digits() {}

    /** Whether it is digits only, at least one and at most so many. */
    static boolean are(String text, int most) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= most;
    }

    /** The numbers of {@code 0-3,8}; empty if it is no such list. */
    static Optional<BitSet> list(String text) {
        BitSet numbers = new BitSet();
        for (String range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            String first = dash < 0 ? range : range.substring(0, dash);
            String last = dash < 0 ? range : range.substring(dash + 1);
            if (!are(first, MOST_IN_A_LIST)
                    || !are(last, MOST_IN_A_LIST)
                    || Integer.parseInt(first) > Integer.parseInt(last)) {
                return Optional.empty();
            }
            numbers.set(Integer.parseInt(first), Integer.parseInt(last) + 1);
        }
        return Optional.of(numbers);
    }
}
