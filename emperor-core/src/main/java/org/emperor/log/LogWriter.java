package org.emperor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalName;

/**
 * The thread that writes the vassals' logs. A log that cannot be written costs the output meant for it, which is counted,
 * and nothing else: it is tried again every second, and says then what it lacks.
 */
public final class LogWriter implements Runnable {
    private static final Duration BETWEEN_RETRIES = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(10);

    /** All beginnings of lines together; a vassal may keep 16 KiB of one for ever. */
    private static final long MOST_HELD = 4L << 20;

    private final LogQueue queue;
    private final LogTarget target;
    private final LogCounters counters;
    private final FaultReport report;
    private final Supplier<Moment> clock;
    private final InstantSource calendar;
    private final Supplier<Set<VassalName>> there;
    private final Map<IncarnationId, LineCutter> cutters = new HashMap<>();
    private final Map<VassalName, Fault> faults = new HashMap<>();
    private final Lines lines = new Lines();
    private long held;
    private Moment nextRetry = Moment.ZERO;
    private Moment nextSweep = Moment.ZERO;
    private volatile boolean stopped;

    /** @param there the vassals that there are, as of a short moment ago; the counts of others are let go of */
    public LogWriter(
            LogQueue queue,
            LogTarget target,
            LogCounters counters,
            FaultReport report,
            Supplier<Moment> clock,
            InstantSource calendar,
            Supplier<Set<VassalName>> there) {
        this.queue = queue;
        this.target = target;
        this.counters = counters;
        this.report = report;
        this.clock = clock;
        this.calendar = calendar;
        this.there = there;
    }

    @Override
    public void run() {
        boolean more = true;
        while (more || !stopped) {
            more = turn();
        }
        List.copyOf(cutters.keySet()).forEach(this::end);
        target.rest();
    }

    /** Ends {@link #run} when all that is queued now is written; callable from any thread. */
    public void stop() {
        stopped = true;
        queue.wake();
    }

    /** Writes one piece; tells whether there was one. */
    boolean turn() {
        Optional<Piece> piece = queue.take(faults.isEmpty() ? IDLE : BETWEEN_RETRIES);
        piece.ifPresentOrElse(this::write, target::rest);
        if (!faults.isEmpty() && !nextRetry.isAfter(clock.get())) {
            retry();
        }
        if (!nextSweep.isAfter(clock.get())) {
            nextSweep = clock.get().plus(BETWEEN_SWEEPS);
            counters.sweep(there.get());
        }
        return piece.isPresent();
    }

    private void write(Piece piece) {
        switch (piece.kind()) {
            case OUTPUT -> output(piece);
            case GAP -> gap(piece);
            case END -> end(piece.incarnation());
        }
    }

    private void output(Piece piece) {
        VassalName vassal = piece.incarnation().vassal();
        LineCutter cutter = cutters.computeIfAbsent(piece.incarnation(), i -> new LineCutter(label(vassal)));
        int before = cutter.held();
        cutter.cut(piece.time(), piece.bytes(), lines);
        if (held - before + cutter.held() > MOST_HELD) {
            cutter.flush(lines);
        }
        held += cutter.held() - before;
        write(vassal, before + piece.bytes().length - cutter.held(), 0);
    }

    private void gap(Piece piece) {
        VassalName vassal = piece.incarnation().vassal();
        LineCutter cutter = cutters.get(piece.incarnation());
        int flushed = cutter == null ? 0 : flush(cutter);
        long dropped = piece.backlog().takeDropped();
        note(piece.time(), vassal, dropped);
        write(vassal, flushed, dropped);
    }

    private void end(IncarnationId incarnation) {
        LineCutter cutter = cutters.remove(incarnation);
        if (cutter != null) {
            write(incarnation.vassal(), flush(cutter), 0);
        }
    }

    private int flush(LineCutter cutter) {
        int flushed = cutter.held();
        cutter.flush(lines);
        held -= flushed;
        return flushed;
    }

    private void note(Instant time, VassalName vassal, long dropped) {
        if (dropped > 0) {
            lines.note(time, label(vassal), "dropped " + dropped + " bytes");
        }
    }

    private byte[] label(VassalName vassal) {
        return (target.isShared() ? vassal + " " : "").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Writes the lines made.
     *
     * @param bytes how many of the vassal's bytes are in them; after a failure they count as dropped, although the first of
     *     them may have been written
     * @param noted how many bytes they say were dropped earlier
     */
    private void write(VassalName vassal, long bytes, long noted) {
        ByteBuffer made = lines.take();
        Fault fault = faults.get(vassal);
        if (fault != null) {
            counters.dropped(vassal, bytes);
            faults.put(vassal, fault.and(bytes + noted));
        } else if (made.hasRemaining()) {
            try {
                target.write(vassal, made);
                counters.written(vassal, bytes);
            } catch (IOException e) {
                counters.dropped(vassal, bytes);
                fail(vassal, new Fault(bytes + noted, false), made, e);
            }
        }
    }

    private void fail(VassalName vassal, Fault fault, ByteBuffer made, IOException e) {
        counters.failed(vassal);
        report.failed(vassal, target.place(vassal), e);
        boolean torn = made.position() > 0 && made.get(made.position() - 1) != '\n';
        faults.put(vassal, new Fault(fault.dropped(), fault.torn() || torn));
        nextRetry = clock.get().plus(BETWEEN_RETRIES);
    }

    private void retry() {
        nextRetry = clock.get().plus(BETWEEN_RETRIES);
        Map.copyOf(faults).forEach(this::retry);
        if (faults.isEmpty()) {
            report.recovered();
        }
    }

    private void retry(VassalName vassal, Fault fault) {
        if (fault.torn()) {
            lines.end();
        }
        note(calendar.instant(), vassal, fault.dropped());
        ByteBuffer made = lines.take();
        try {
            target.write(vassal, made);
            faults.remove(vassal);
            report.lost(fault.dropped());
        } catch (IOException e) {
            fail(vassal, fault, made, e);
        }
    }
}
