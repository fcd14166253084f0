package org.emperor.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a client is told; {@code headers} are those that only this reply has. */
@SuppressWarnings("ArrayRecordComponent") // made for one client, written once
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    static final String TEXT = "text/plain; charset=utf-8";
    static final String JSON = "application/json";
    private static final String RETRY_AFTER = "Retry-After";

    Reply {
        headers = Map.copyOf(headers);
    }

    /** Instead of a large reply while too many bytes wait for slow clients. */
    static Reply busy() {
        return text(503, "too many replies wait for slow clients", Map.of(RETRY_AFTER, "1"));
    }

    static Reply of(String contentType, byte[] body) {
        return new Reply(200, contentType, body, Map.of());
    }

    static Reply text(int status, String line) {
        return text(status, line, Map.of());
    }

    static Reply text(int status, String line, Map<String, String> headers) {
        return new Reply(status, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Whether the client is to go, and to come back later. */
    boolean isBusy() {
        return headers.containsKey(RETRY_AFTER);
    }
}
