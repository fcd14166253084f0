package org.emperor.spec;

import java.time.Duration;
import java.util.OptionalLong;

/** Reads how the vassal lives, and within which limits. */
final class LifeReader {
    /** PID_MAX_LIMIT of Linux less the jail-init that counts in the same cgroup; the kernel refuses more, FreeBSD has fewer. */
    private static final long MOST_PIDS = 4_194_303;

    private LifeReader() {}

    static Life life(Sheet sheet) {
        return new Life(
                sheet.valueOrStandard(Options.STOP_SIGNAL, Forms::signal),
                sheet.valueOrStandard(Options.STOP_GRACE, Durations::parse),
                sheet.valueOrStandard(Options.RELOAD_ON_TOUCH, Forms::flag),
                sheet.valueOrStandard(Options.LOYAL_AFTER, LifeReader::someTime),
                sheet.valueOrStandard(Options.START_TIMEOUT, LifeReader::someTime),
                sheet.valueOrStandard(Options.ON_EMPEROR_DEATH, LifeReader::diesWithEmperor));
    }

    private static Parsed<Duration> someTime(String text) {
        return Durations.parse(text)
                .then(duration -> duration.isZero()
                        ? Parsed.unfit("must be longer than 0", "write for instance 3s")
                        : Parsed.value(duration));
    }

    private static Parsed<Boolean> diesWithEmperor(String text) {
        return switch (text) {
            case "die" -> Parsed.value(true);
            case "live" -> Parsed.unfit("\"live\" is not supported yet", "allowed: die");
            default -> Forms.notAllowed(text, "die");
        };
    }

    static Limits limits(Sheet sheet) {
        return new Limits(sheet.value(Options.PIDS_MAX, LifeReader::pids)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty));
    }

    private static Parsed<Long> pids(String text) {
        return Forms.count(text)
                .then(count -> count >= 1 && count <= MOST_PIDS
                        ? Parsed.value(count)
                        : Parsed.unfit(Shown.of(text) + " is out of range", "write 1 to " + MOST_PIDS));
    }
}
