package org.emperor.spec;

import org.emperor.lang.Shown;

/** Sizes in bytes as people write them: {@code 4096}, {@code 64K}, {@code 64M}, {@code 2G}, {@code 1T}, each 1024 times the last. */
public final class Sizes {
    private static final String UNITS = "KMGT";
    private static final long LARGEST = 1L << 60;

    private Sizes() {}

    public static Parsed<Long> parse(String text) {
        int unit = text.isEmpty() ? -1 : UNITS.indexOf(text.charAt(text.length() - 1));
        String digits = unit < 0 ? text : text.substring(0, text.length() - 1);
        if (!Digits.are(digits, 18)) {
            return Parsed.unfit(Shown.quoted(text) + " is not a size", "write bytes, or a number with K, M, G or T");
        }
        long number = Long.parseLong(digits);
        int shift = 10 * (unit + 1);
        return number > LARGEST >> shift
                ? Parsed.unfit(Shown.quoted(text) + " is too large", "write at most " + (LARGEST >> 40) + "T")
                : Parsed.value(number << shift);
    }

    /** Whether the size is a number without a unit, and not 0. */
    static boolean isBare(String text) {
        return Digits.are(text, 18) && Long.parseLong(text) > 0;
    }
}
