package org.emperor.log;

import java.time.Instant;
import java.util.Arrays;

/** Cuts the output of one incarnation into lines; holds the beginning of one whose end was not written yet. */
final class LineCutter {
    /** A longer line is cut. */
    static final int LONGEST = 16 << 10;

    private static final byte[] NOTHING = new byte[0];

    private final byte[] label;
    private byte[] held = NOTHING;
    private int length;
    private Instant since = Instant.EPOCH;
    private boolean continued;

    /** @param label see {@link Lines#begin} */
    LineCutter(byte[] label) {
        this.label = label;
    }

    /** How many bytes wait for the end of their line. */
    int held() {
        return length;
    }

    void cut(Instant time, byte[] bytes, Lines lines) {
        int from = 0;
        while (from < bytes.length) {
            int newline = indexOfNewline(bytes, from);
            int end = newline < 0 ? bytes.length : newline;
            while (length + end - from > LONGEST) {
                int piece = LONGEST - length;
                emit(time, bytes, from, from + piece, lines);
                continued = true;
                from += piece;
            }
            if (newline < 0) {
                hold(time, bytes, from);
                return;
            }
            emit(time, bytes, from, newline, lines);
            continued = false;
            from = newline + 1;
        }
    }

    /** Emits what is held, if any; what may follow is its continuation. */
    void flush(Lines lines) {
        if (length > 0) {
            emit(since, NOTHING, 0, 0, lines);
            continued = true;
        }
    }

    private static int indexOfNewline(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void emit(Instant time, byte[] bytes, int from, int to, Lines lines) {
        lines.begin(length > 0 ? since : time, label, continued);
        lines.add(held, 0, length);
        lines.add(bytes, from, to);
        lines.end();
        length = 0;
        held = NOTHING;
    }

    private void hold(Instant time, byte[] bytes, int from) {
        if (from == bytes.length) {
            return;
        }
        since = length > 0 ? since : time;
        held = Arrays.copyOf(held, length + bytes.length - from);
        System.arraycopy(bytes, from, held, length, bytes.length - from);
        length = held.length;
    }
}
