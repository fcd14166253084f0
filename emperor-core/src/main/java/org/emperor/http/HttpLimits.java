package org.emperor.http;

import java.time.Duration;

/**
 * What one client, or all of them together, may take from the emperor.
 *
 * @param request how long a connection may take from its opening, or the last reply, to a whole next request
 * @param reply how long a client may take to read a reply
 * @param farewell how long a connection that is being closed may go on sending
 * @param connections how many connections each listener holds
 * @param unsent while more bytes of replies than this wait for slow clients, all together, no large reply is made; so at
 *     most this and one reply wait
 */
public record HttpLimits(Duration request, Duration reply, Duration farewell, int connections, long unsent) {
    public static final HttpLimits USUAL =
            new HttpLimits(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(2), 128, 8 * 1024 * 1024);

    static final int REQUEST_LINE = 4096;
    static final int HEADERS = 16 * 1024;
}
