package org.emperor.cli;

import java.time.Duration;

/** What is said at the end of the reign, which must not wait for a reader of the log that has stopped reading. */
final class LastWords {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private LastWords() {}

    /** Returns when it is said, or a second later. */
    static void say(Runnable words) throws InterruptedException {
        Thread speaker = new Thread(words, "last-words");
        speaker.setDaemon(true);
        speaker.start();
        speaker.join(PATIENCE.toMillis());
    }
}
