package org.emperor.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends what Netty and Micrometer log, which is {@code java.util.logging} here, to our own log, warnings and worse only. */
final class LibraryLogs {
    private LibraryLogs() {}

    static void redirect() {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new Bridge());
    }

    private static final class Bridge extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord event) {
            boolean severe = event.getLevel().intValue() >= Level.SEVERE.intValue();
            System.getLogger("emperor.library")
                    .log(
                            severe ? System.Logger.Level.ERROR : System.Logger.Level.WARNING,
                            formatter.formatMessage(event) + " logger=" + event.getLoggerName(),
                            event.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
