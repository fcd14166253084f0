package org.emperor.linux.plan;

import org.emperor.lang.Shown;
import org.emperor.spec.Digits;
import org.emperor.spec.Parsed;
import org.emperor.spec.Sizes;

/**
 * An amount of memory: bytes, or a share of the host's.
 *
 * @param bytes counts where there is no share; {@link #ALL} has neither
 */
record Amount(long bytes, int percent) {
    static final Amount ALL = new Amount(-1, 0);

    /** Of % a vassal file needs two. */
    private static final String ALLOWED =
            "write bytes, a size such as 512M, a share of the memory such as 25%%, or max";

    static Parsed<Amount> parse(String text) {
        if (text.equals("max")) {
            return Parsed.value(ALL);
        }
        if (text.endsWith("%")) {
            String digits = text.substring(0, text.length() - 1);
            boolean fits = Digits.are(digits, 3) && Integer.parseInt(digits) <= 100;
            return fits
                    ? Parsed.value(new Amount(0, Integer.parseInt(digits)))
                    : Parsed.unfit(Shown.quoted(text) + " is no share", "write 0%% to 100%%");
        }
        Parsed<Long> size = Sizes.parse(text);
        return size.value().isPresent()
                ? size.then(bytes -> Parsed.value(new Amount(bytes, 0)))
                : Parsed.unfit(Shown.quoted(text) + " is no amount of memory", ALLOWED);
    }

    boolean isAll() {
        return bytes < 0;
    }

    boolean isNothing() {
        return bytes == 0 && percent == 0;
    }

    /** In bytes, on a host that has so many. */
    long on(long memory) {
        return percent == 0 ? bytes : memory / 100 * percent;
    }
}
