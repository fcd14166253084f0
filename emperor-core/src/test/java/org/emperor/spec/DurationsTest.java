package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "5s, PT5S",
        "2m, PT2M",
        "1h, PT1H",
        "1d, PT24H",
        "7, PT7S",
        "0, PT0S",
        "0.5s, PT0.5S",
        "1.5, PT1.5S",
        "0.25m, PT15S",
        "1.5ms, PT0.0015S",
        "0.000000001, PT0.000000001S",
        "36500d, PT876000H"
    })
    void unitsAndDecimalsAreUnderstood(String text, Duration duration) {
        assertEquals(Optional.of(duration), Durations.parse(text).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "-1s",
                "+1s",
                "-0",
                "5 s",
                "5S",
                "1w",
                "1e3",
                "0x10",
                ".5s",
                "5.s",
                "1.2.3",
                "1s2",
                "1h30m",
                "٥s",
                "NaN",
                "infinity",
                "1.0000000001s",
                "99999999999999999999999999"
            })
    void anythingElseIsRefused(String text) {
        assertEquals(
                Parsed.unfit(
                        "\"" + text + "\" is not a duration",
                        "write 250ms, 0.5s, 2m, 1h or 1d; a bare number is seconds"),
                Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"36500.000000001d", "3153600000.1", "999999999999999999d"})
    void whatWouldOverflowTheClockIsRefused(String text) {
        assertEquals(Parsed.unfit("\"" + text + "\" is too long", "write at most 36500d"), Durations.parse(text));
        assertTrue(Durations.parse(text).value().isEmpty());
    }
}
