package org.emperor.cli;

/**
 * The back end of {@link System.Logger}: one line an event on stderr. The JDK's own loads {@code java.util.logging} before
 * the first launch and writes two lines an event.
 */
public final class LineLoggerFinder extends System.LoggerFinder {
    private static volatile System.Logger.Level threshold = System.Logger.Level.INFO;

    /** Loggers ask for it at every event, so it may change at any time. */
    static void threshold(System.Logger.Level level) {
        threshold = level;
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new LineLogger(name, () -> threshold, System.err);
    }
}
