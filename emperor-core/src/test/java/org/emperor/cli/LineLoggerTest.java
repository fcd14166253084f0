package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LineLoggerTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Level threshold = Level.INFO;
    private final LineLogger logger = logger("emperor.loop", "2026-11-21T22:00:00Z");

    @Test
    void eventIsOneLineWithTimeAndLevel() {
        logger.log(Level.INFO, "launched vassal=web");
        logger("emperor.loop", "2026-11-21T22:00:00.123456Z").log(Level.WARNING, () -> "died");
        assertEquals(
                "2026-11-21T22:00:00.000Z INFO launched vassal=web\n2026-11-21T22:00:00.123Z WARNING died\n",
                written());
    }

    @Test
    void lineBreakInAMessageCannotForgeAnEvent() {
        logger.log(Level.INFO, "file=a\n2026-11-21T22:00:00.000Z ERROR forged");
        assertEquals(1, written().lines().count());
    }

    @Test
    void bracesOfAPlainMessageAreLeftAlone() {
        logger.log(Level.INFO, "{0} isn't a format");
        logger.log(Level.INFO, "{0} is", "this");
        assertTrue(written().contains("{0} isn't a format\n") && written().contains(" this is\n"), written());
    }

    @Test
    void whatIsBelowTheThresholdIsNotWritten() {
        logger.log(Level.DEBUG, "quiet");
        assertEquals("", written());
        threshold = Level.DEBUG;
        logger.log(Level.DEBUG, "heard");
        assertTrue(written().endsWith(" DEBUG heard\n"));
        assertFalse(logger.isLoggable(Level.OFF));
    }

    @Test
    void librariesAreHeardFromWarningOn() {
        LineLogger library = logger("io.netty.channel", "2026-11-21T22:00:00Z");
        assertFalse(library.isLoggable(Level.INFO));
        assertTrue(library.isLoggable(Level.WARNING));
    }

    @Test
    void defectIsWrittenWithItsTrace() {
        logger.log(Level.ERROR, "broken", new IllegalStateException("why"));
        assertTrue(written().contains("ERROR broken: java.lang.IllegalStateException: why\n\tat "), written());
    }

    @Test
    void theJdkFindsIt() {
        assertInstanceOf(
                LineLogger.class,
                System.LoggerFinder.getLoggerFinder().getLogger("emperor", LineLoggerTest.class.getModule()));
    }

    private LineLogger logger(String name, String time) {
        Clock clock = Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
        return new LineLogger(name, () -> threshold, new PrintStream(bytes, false, StandardCharsets.UTF_8), clock);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
