package org.emperor.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads whether and when a vassal that has ended by itself is launched again. */
final class RestartReader {
    private static final int MOST_FACTOR = 10;
    private static final int MOST_JITTER = 100;

    private final Sheet sheet;
    private final Report report;

    RestartReader(Sheet sheet, Report report) {
        this.sheet = sheet;
        this.report = report;
    }

    Restart read() {
        for (String key : Options.RESTARTS) {
            if (sheet.has(key)) {
                return given();
            }
        }
        return Restart.ALWAYS;
    }

    private Restart given() {
        Restart.When when = sheet.value(Options.RESTART, RestartReader::when).orElse(Restart.ALWAYS.when());
        List<Integer> success =
                sheet.value(Options.SUCCESS_CODES, Numbers::exitCodes).orElse(Restart.ALWAYS.success());
        List<Integer> fatal =
                sheet.value(Options.FATAL_CODES, Numbers::exitCodes).orElse(Restart.ALWAYS.fatal());
        for (Integer code : fatal) {
            if (success.contains(code)) {
                report.add(
                        sheet.given(Options.FATAL_CODES).get(0),
                        "exit code " + code + " is a success too",
                        "keep it out of " + Options.SUCCESS_CODES + ", where 0 is unless given");
            }
        }
        return new Restart(when, success, fatal, backoff());
    }

    private static Parsed<Restart.When> when(String text) {
        return switch (text) {
            case "always" -> Parsed.value(Restart.When.ALWAYS);
            case "on-failure" -> Parsed.value(Restart.When.ON_FAILURE);
            case "never" -> Parsed.value(Restart.When.NEVER);
            default -> Forms.notAllowed(text, "always, on-failure, never");
        };
    }

    private Backoff backoff() {
        Optional<Duration> delay = sheet.value(Options.BACKOFF_DELAY, LifeReader::someTime);
        Optional<Duration> limit = sheet.value(Options.BACKOFF_LIMIT, LifeReader::someTime);
        boolean both = sheet.isGiven(Options.BACKOFF_DELAY) && sheet.isGiven(Options.BACKOFF_LIMIT);
        if (both && delay.isPresent() && limit.isPresent() && delay.get().compareTo(limit.get()) > 0) {
            report.add(
                    sheet.given(Options.BACKOFF_DELAY).get(0),
                    "longer than " + Options.BACKOFF_LIMIT,
                    "the first delay is the shortest");
        }
        return new Backoff(
                delay,
                number(Options.BACKOFF_FACTOR, 1, MOST_FACTOR),
                limit,
                number(Options.BACKOFF_JITTER, 0, MOST_JITTER),
                number(Options.MAX_RESTARTS, 0, Integer.MAX_VALUE - 1));
    }

    private OptionalInt number(String key, int least, int most) {
        return sheet.value(key, text -> Forms.number(text, least, most))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}
