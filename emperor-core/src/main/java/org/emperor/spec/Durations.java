package org.emperor.spec;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 0.5s}, {@code 2m}, {@code 1h}, {@code 1d}; a bare number is seconds. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(ms|s|m|h|d|)");

    /** A century: added to any moment of the monotonic clock it does not overflow 64 bits of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final String REMEDY = "write 250ms, 0.5s, 2m, 1h or 1d; a bare number is seconds";

    private Durations() {}

    public static Parsed<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Parsed.unfit(Shown.of(text) + " is not a duration", REMEDY);
        }
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(nanos(unit(matcher.group(2))));
        return nanos.compareTo(nanos(LONGEST)) > 0
                ? Parsed.unfit(Shown.of(text) + " is too long", "write at most " + LONGEST.toDays() + "d")
                : Parsed.value(Duration.ofNanos(nanos.longValue()));
    }

    private static BigDecimal nanos(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos());
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofSeconds(1);
        };
    }
}
