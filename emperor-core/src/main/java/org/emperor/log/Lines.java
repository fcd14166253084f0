package org.emperor.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/**
 * Lines as they stand in a log: time, then {@code |} and a vassal's line, {@code +} and the rest of one that was too long or
 * interrupted, or {@code [emperor]} and what the emperor has to say. A vassal's bytes come after such a beginning only, so
 * that it cannot forge one. The bytes themselves are left as they are.
 */
final class Lines {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z' ").withZone(ZoneOffset.UTC);

    private byte[] content = new byte[4096];
    private int length;
    private long millis = Long.MIN_VALUE;
    private byte[] time = new byte[0];

    /** @param label the vassal's name and a blank, or empty */
    void begin(Instant at, byte[] label, boolean continued) {
        begin(at, label);
        add((byte) (continued ? '+' : '|'));
        add((byte) ' ');
    }

    void add(byte[] bytes, int from, int to) {
        reserve(to - from);
        System.arraycopy(bytes, from, content, length, to - from);
        length += to - from;
    }

    void end() {
        add((byte) '\n');
    }

    void note(Instant at, byte[] label, String text) {
        begin(at, label);
        byte[] note = ("[emperor] " + text).getBytes(StandardCharsets.UTF_8);
        add(note, 0, note.length);
        end();
    }

    private void begin(Instant at, byte[] label) {
        if (at.toEpochMilli() != millis) {
            millis = at.toEpochMilli();
            time = TIME.format(at).getBytes(StandardCharsets.US_ASCII);
        }
        add(time, 0, time.length);
        add(label, 0, label.length);
    }

    private void add(byte one) {
        reserve(1);
        content[length++] = one;
    }

    private void reserve(int more) {
        if (content.length - length < more) {
            content = Arrays.copyOf(content, Math.max(content.length * 2, length + more));
        }
    }

    /** What was added since the last call; it must be used before anything else is added. */
    ByteBuffer take() {
        ByteBuffer all = ByteBuffer.wrap(content, 0, length);
        length = 0;
        return all;
    }
}
