package org.emperor.log;

import java.time.Instant;
import org.emperor.realm.IncarnationId;

/** One entry of the queue between reader and writer. */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Piece(Kind kind, IncarnationId incarnation, Backlog backlog, Instant time, byte[] bytes) {
    private static final int OVERHEAD = 128;

    enum Kind {
        OUTPUT,
        /** Output was dropped here. */
        GAP,
        /** The incarnation has ended, and its output with it. */
        END
    }

    /** How much memory it holds, roughly: a vassal that writes single bytes must not be cheaper than it is. */
    long cost() {
        return (long) bytes.length + OVERHEAD;
    }
}
