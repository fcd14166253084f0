package org.emperor.spec;

import java.util.Optional;

/** Numbers in text, and ranges of them as the kernel writes processors and memory nodes. */
public final class Digits {
    private static final int MOST_IN_A_RANGE = 4;

    private Digits() {}

    /** A number, or all from one to another, both included. */
    public record Range(int first, int last) {}

    /** Whether it is digits only, at least one and at most so many. */
    public static boolean are(String text, int most) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= most;
    }

    /** {@code 8} or {@code 0-3}, numbers of at most four digits; empty if it is neither. */
    public static Optional<Range> range(String text) {
        int dash = text.indexOf('-');
        String first = dash < 0 ? text : text.substring(0, dash);
        String last = dash < 0 ? text : text.substring(dash + 1);
        if (!are(first, MOST_IN_A_RANGE) || !are(last, MOST_IN_A_RANGE)) {
            return Optional.empty();
        }
        Range range = new Range(Integer.parseInt(first), Integer.parseInt(last));
        return range.first() <= range.last() ? Optional.of(range) : Optional.empty();
    }
}
