package org.emperor.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalName;

/** Queue and writer without their threads, in virtual time. */
final class LogScene {
    static final VassalName WEB = new VassalName("web");
    static final IncarnationId WEB_1 = new IncarnationId(WEB, 1);
    static final String BEGIN = "2026-01-02T03:04:05.006Z ";

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.006Z");

    final LogCounters counters = new LogCounters();
    final LogQueue queue = new LogQueue(counters);
    final Set<VassalName> there = new HashSet<>(Set.of(WEB));
    final List<String> reports = new ArrayList<>();
    private final LogWriter writer;
    private Moment now = Moment.ZERO.plus(Duration.ofDays(1));

    LogScene(Function<Supplier<Moment>, LogTarget> target) {
        Supplier<Moment> clock = () -> now;
        this.writer = new LogWriter(
                queue,
                target.apply(clock),
                counters,
                new FaultReport(reports::add),
                clock,
                () -> TIME,
                () -> Set.copyOf(there));
    }

    LogScene output(IncarnationId incarnation, String text) {
        queue.put(incarnation, TIME, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    LogScene end(IncarnationId incarnation) {
        queue.end(incarnation, TIME);
        return this;
    }

    /** Writes all that is queued. */
    LogScene write() {
        queue.wake();
        while (writer.turn()) {
            // until the wake
        }
        return this;
    }

    LogScene pass(Duration duration) {
        now = now.plus(duration);
        return write();
    }
}
