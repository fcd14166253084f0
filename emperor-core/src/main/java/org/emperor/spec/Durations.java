package org.emperor.spec;

import java.time.Duration;
import org.emperor.lang.Shown;

/** Durations as people write them: {@code 250ms}, {@code 0.5s}, {@code 2m}, {@code 1h}, {@code 1d}; a bare number is seconds. */
public final class Durations {
    /** A century: added to any moment of the monotonic clock it does not overflow 64 bits of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final int DECIMALS = 9;
    private static final String REMEDY = "write 250ms, 0.5s, 2m, 1h or 1d; a bare number is seconds";

    private Durations() {}

    public static Parsed<Duration> parse(String text) {
        int end = endOfNumber(text);
        int point = text.indexOf('.');
        int whole = point < 0 || point > end ? end : point;
        long unit = unit(text.substring(end));
        boolean hasDecimals = whole < end;
        if (unit == 0
                || !Digits.are(text.substring(0, whole), 18)
                || (hasDecimals && !Digits.are(text.substring(whole + 1, end), DECIMALS))) {
            return Parsed.unfit(Shown.quoted(text) + " is not a duration", REMEDY);
        }
        Duration fraction = hasDecimals ? fraction(text.substring(whole + 1, end), unit) : Duration.ZERO;
        return sum(text, Long.parseLong(text.substring(0, whole)), unit, fraction);
    }

    private static Parsed<Duration> sum(String text, long number, long unit, Duration fraction) {
        long most = LONGEST.toNanos() / unit;
        Duration sum = number > most
                ? LONGEST.plusNanos(1)
                : Duration.ofNanos(number * unit).plus(fraction);
        return sum.compareTo(LONGEST) > 0
                ? Parsed.unfit(Shown.quoted(text) + " is too long", "write at most " + LONGEST.toDays() + "d")
                : Parsed.value(sum);
    }

    private static Duration fraction(String digits, long unit) {
        long scale = 1;
        for (int i = 0; i < digits.length(); i++) {
            scale *= 10;
        }
        // A unit has at most 14 digits and a fraction 9: the product could overflow, so seconds and the rest go apart.
        long value = Long.parseLong(digits);
        return Duration.ofNanos(unit / scale * value + unit % scale * value / scale);
    }

    private static int endOfNumber(String text) {
        int at = 0;
        while (at < text.length() && (Forms.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return at;
    }

    /** The unit in nanoseconds, 0 if it is none. */
    private static long unit(String name) {
        return switch (name) {
            case "ms" -> 1_000_000;
            case "", "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> 0;
        };
    }
}
