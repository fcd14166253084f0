package org.emperor.migration;

import java.util.Optional;
import org.emperor.spec.Digits;

/** Spans by systemd.time(7), such as {@code 1min 30s}; a bare number is seconds. */
final class TimeSpan {
    private static final long SECOND = 1_000_000;
    private static final long LONGEST = 36_500L * 86_400 * SECOND;

    private TimeSpan() {}

    /** Microseconds; empty if it is none, or longer than a century, as {@code infinity} is. */
    static Optional<Long> microseconds(String text) {
        long sum = 0;
        int at = 0;
        while (at < text.length()) {
            int digits = end(text, at, true);
            int unit = text.length() > digits ? skipBlanks(text, digits) : digits;
            int end = end(text, unit, false);
            Optional<Long> part = part(text.substring(at, digits), text.substring(unit, end));
            if (part.isEmpty() || sum + part.get() > LONGEST) {
                return Optional.empty();
            }
            sum += part.get();
            at = skipBlanks(text, end);
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(sum);
    }

    /** As a duration of ours; a part of a millisecond counts as a whole one. */
    static Optional<String> duration(String text) {
        if (text.equals("infinity")) {
            return Optional.of("36500d");
        }
        return microseconds(text).map(span -> span % SECOND == 0 ? span / SECOND + "s" : (span + 999) / 1000 + "ms");
    }

    private static Optional<Long> part(String number, String name) {
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        String decimals = point < 0 ? "" : number.substring(point + 1);
        long unit = unit(name);
        if (unit == 0 || !Digits.are(whole, 9) || (point >= 0 && !Digits.are(decimals, 6))) {
            return Optional.empty();
        }
        long most = LONGEST / unit;
        long value = Math.min(Long.parseLong(whole), most + 1);
        long fraction = decimals.isEmpty() ? 0 : unit * Long.parseLong(decimals) / power(decimals.length());
        return Optional.of(value * unit + fraction);
    }

    private static long power(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }

    private static int end(String text, int from, boolean number) {
        int at = from;
        while (at < text.length()
                && (number
                        ? Text.isDigit(text.charAt(at)) || text.charAt(at) == '.'
                        : Text.isLetter(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static long unit(String name) {
        return switch (name) {
            case "us", "usec" -> 1;
            case "ms", "msec" -> 1000;
            case "", "s", "sec", "second", "seconds" -> SECOND;
            case "m", "min", "minute", "minutes" -> 60 * SECOND;
            case "h", "hr", "hour", "hours" -> 3600 * SECOND;
            case "d", "day", "days" -> 86_400 * SECOND;
            case "w", "week", "weeks" -> 7 * 86_400 * SECOND;
            case "M", "month", "months" -> 2_629_800 * SECOND;
            case "y", "year", "years" -> 31_557_600 * SECOND;
            default -> 0;
        };
    }
}
