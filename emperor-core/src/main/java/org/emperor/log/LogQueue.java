package org.emperor.log;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.emperor.realm.IncarnationId;

/**
 * Output on its way from the log reader to the log writer, in the order in which it was read. Bounded for all vassals and
 * for each, so that a slow disk costs output, never memory, and one loud vassal costs its own output only. What is queued
 * beyond the bound, a gap and an end, is so at most once for an incarnation of which output was queued within it.
 */
public final class LogQueue {
    private static final long LARGEST = 16L << 20;
    private static final long LARGEST_EACH = 1L << 20;
    private static final int LARGEST_PIECE = 64 << 10;

    private final LogCounters counters;
    private final BlockingQueue<Optional<Piece>> pieces = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final Map<IncarnationId, Backlog> backlogs = new HashMap<>(); // the reader's own; of what was queued

    public LogQueue(LogCounters counters) {
        this.counters = counters;
    }

    /** Queues what was read, or drops and counts it. The buffer may be used again afterwards. */
    void put(IncarnationId incarnation, Instant time, ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            ByteBuffer part = bytes.slice(bytes.position(), Math.min(bytes.remaining(), LARGEST_PIECE));
            bytes.position(bytes.position() + part.remaining());
            putPart(incarnation, time, part);
        }
    }

    private void putPart(IncarnationId incarnation, Instant time, ByteBuffer part) {
        Backlog backlog = backlogs.get(incarnation);
        if (waiting.get() >= LARGEST || (backlog != null && backlog.waiting() >= LARGEST_EACH)) {
            counters.dropped(incarnation.vassal(), part.remaining());
            if (backlog == null) {
                counters.keepUntold(incarnation.vassal(), part.remaining());
            } else {
                gap(incarnation, backlog, time, part.remaining());
            }
            return;
        }
        if (backlog == null) {
            backlog = new Backlog();
            backlogs.put(incarnation, backlog);
        }
        tell(incarnation, backlog, time);
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        add(new Piece(Piece.Kind.OUTPUT, incarnation, backlog, time, copy));
    }

    void end(IncarnationId incarnation, Instant time) {
        Backlog backlog = backlogs.remove(incarnation);
        if (backlog != null) {
            tell(incarnation, backlog, time);
            add(new Piece(Piece.Kind.END, incarnation, backlog, time, new byte[0]));
        }
    }

    /** Lets the vassal's next piece say what was lost of incarnations of which nothing was queued. */
    private void tell(IncarnationId incarnation, Backlog backlog, Instant time) {
        long untold = counters.takeUntold(incarnation.vassal());
        if (untold > 0) {
            gap(incarnation, backlog, time, untold);
        }
    }

    private void gap(IncarnationId incarnation, Backlog backlog, Instant time, long dropped) {
        if (backlog.drop(dropped)) {
            add(new Piece(Piece.Kind.GAP, incarnation, backlog, time, new byte[0]));
        }
    }

    private void add(Piece piece) {
        waiting.addAndGet(piece.cost());
        piece.backlog().waits(piece.cost());
        pieces.add(Optional.of(piece));
    }

    /** The next piece, waiting for it at most this long; empty if none came, or at a {@link #wake}. */
    Optional<Piece> take(Duration atMost) {
        try {
            Optional<Piece> piece = pieces.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (piece == null || piece.isEmpty()) {
                return Optional.empty();
            }
            waiting.addAndGet(-piece.get().cost());
            piece.get().backlog().waits(-piece.get().cost());
            return piece;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the log writer", e);
        }
    }

    /** Makes one {@link #take} come back empty, after all that is queued now. */
    void wake() {
        pieces.add(Optional.empty());
    }
}
