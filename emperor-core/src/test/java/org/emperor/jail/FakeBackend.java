package org.emperor.jail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.emperor.realm.EventKind;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.ManualClock;
import org.emperor.realm.Moment;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalSpec;

/**
 * Jails without a kernel, in virtual time: waiting moves the clock to whatever happens next. Programs are {@link
 * FakeProgram}s; how well things go is up to a {@link Fate}.
 */
public final class FakeBackend implements JailBackend {
    private record Happening(Moment at, long order, Runnable what) {}

    private static final class Jail {
        private final FakeProgram program;
        private boolean launched;
        private boolean cancelled;
        private boolean dying;
        private boolean dead;
        private long oomKills;

        private Jail(FakeProgram program) {
            this.program = program;
        }
    }

    private final ManualClock clock;
    private final Fate fate;
    private final int capacity;
    private final PriorityQueue<Happening> happenings =
            new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparing(Happening::order));
    private final Map<IncarnationId, Jail> jails = new LinkedHashMap<>();
    private final List<IncarnationId> launched = new ArrayList<>();
    private final Semaphore wakes = new Semaphore(0);
    private EventSink sink = new NoSink();
    private long order;
    private int pid = 1000;
    private boolean closed;

    public FakeBackend(ManualClock clock) {
        this(clock, Fate.KIND, Integer.MAX_VALUE);
    }

    public FakeBackend(ManualClock clock, Fate fate, int capacity) {
        this.clock = clock;
        this.fate = fate;
        this.capacity = capacity;
    }

    /** What was launched, in order. */
    public List<IncarnationId> launched() {
        return List.copyOf(launched);
    }

    /** The jails that stand, with a live program or not. */
    public Set<String> standing() {
        Set<String> all = new TreeSet<>();
        jails.keySet().forEach(id -> all.add(id.toString()));
        return all;
    }

    /** Runs this inside a wait, so much later. */
    public void later(Duration time, Runnable what) {
        happen(time, what);
    }

    /** The main program of this incarnation ends so, now, if it runs. */
    public void end(IncarnationId incarnation, ExitStatus status) {
        Jail jail = jails.get(incarnation);
        if (jail != null && jail.launched && !jail.dying) {
            die(incarnation, jail, status);
        }
    }

    /** The program says that it is ready. */
    public void ready(IncarnationId incarnation) {
        happen(Duration.ZERO, () -> sink.vassal(VassalEvent.of(EventKind.READY, incarnation)));
    }

    /** Breaks the contract: tells the end of something that was never launched. */
    public void exitOfNobody(IncarnationId incarnation) {
        happen(Duration.ZERO, () -> sink.vassal(VassalEvent.exited(incarnation, ExitStatus.exited(0))));
    }

    /** Something on the host does not work. */
    public void trouble(String what) {
        happen(Duration.ZERO, () -> sink.trouble(what));
    }

    /** The emperor's own process gets a signal. */
    public void signalEmperor(Signal signal) {
        happen(Duration.ZERO, () -> sink.signal(signal, 4711, 0));
    }

    /** The emperor's process reaps somebody else's child. */
    public void orphan(int orphan, ExitStatus status) {
        happen(Duration.ZERO, () -> sink.orphan(orphan, status));
    }

    @Override
    public void await(Optional<Moment> until, EventSink to) {
        if (closed) {
            return;
        }
        if (wakes.drainPermits() == 0 && !isNext(Optional.of(clock.get()))) {
            if (isNext(until)) {
                clock.advanceTo(happenings.element().at());
            } else if (until.isPresent()) {
                clock.advanceTo(until.get());
            } else {
                wakes.acquireUninterruptibly();
            }
        }
        sink = to;
        while (isNext(Optional.of(clock.get()))) {
            happenings.remove().what().run();
        }
        sink = new NoSink();
    }

    @Override
    public void wake() {
        wakes.release();
    }

    @Override
    public void launch(IncarnationId incarnation, VassalSpec spec) {
        Duration launchTime = fate.launchTime(incarnation);
        launched.add(incarnation);
        String path = spec.program().argv().get(0);
        boolean exists = FakeProgram.exists(path);
        Jail jail = new Jail(FakeProgram.of(exists ? spec.program().argv() : List.of("/bin/true")));
        if (jails.putIfAbsent(incarnation, jail) != null) {
            throw new AssertionError("launched twice: " + incarnation);
        }
        Optional<String> failure = exists
                ? fate.launchFailure(incarnation)
                : Optional.of("step main/1 exec " + path + ": ENOENT (no such file or directory)");
        happen(launchTime, () -> afterLaunch(incarnation, jail, failure));
    }

    @Override
    public void signal(IncarnationId incarnation, Signal signal) {
        Jail jail = jails.get(incarnation);
        if (jail != null && jail.launched) {
            jail.program.signal(signal);
            jail.program.ended().ifPresent(status -> die(incarnation, jail, status));
        }
    }

    @Override
    public void kill(IncarnationId incarnation) {
        Jail jail = jails.get(incarnation);
        if (jail != null) {
            jail.cancelled = true;
            signal(incarnation, Signal.KILL);
        }
    }

    @Override
    public void dismantle(IncarnationId incarnation) {
        Jail jail = jails.get(incarnation);
        boolean canGo = jail == null || (jail.dead && fate.isDismantled(incarnation));
        if (canGo) {
            jails.remove(incarnation);
            long oomKills = jail == null ? 0 : jail.oomKills; // known only now, as on a real host
            happen(Duration.ZERO, () -> sink.vassal(VassalEvent.dismantled(incarnation, oomKills)));
        }
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }

    private void afterLaunch(IncarnationId incarnation, Jail jail, Optional<String> failure) {
        Optional<String> why = jail.cancelled ? Optional.of("cancelled") : failure;
        if (why.isPresent()) {
            jail.dead = true;
            sink.vassal(VassalEvent.launchFailed(incarnation, why.get()));
        } else {
            jail.launched = true;
            sink.vassal(VassalEvent.launched(incarnation, ++pid));
            run(incarnation, jail);
        }
    }

    private void run(IncarnationId incarnation, Jail jail) {
        if (!jail.dying) {
            jail.program.run().ifPresent(sleep -> happen(sleep, () -> run(incarnation, jail)));
            jail.program.ended().ifPresent(status -> die(incarnation, jail, status));
        }
    }

    private void die(IncarnationId incarnation, Jail jail, ExitStatus status) {
        if (!jail.dying) {
            jail.dying = true;
            happen(fate.deathTime(incarnation), () -> {
                jail.dead = true;
                jail.oomKills = status.oomKills();
                sink.vassal(VassalEvent.exited(incarnation, status.withOomKills(0)));
            });
        }
    }

    private void happen(Duration later, Runnable what) {
        happenings.add(new Happening(clock.get().plus(later), order++, what));
    }

    private boolean isNext(Optional<Moment> until) {
        return !happenings.isEmpty()
                && (until.isEmpty() || !happenings.element().at().isAfter(until.get()));
    }

    /** Outside of a wait nobody may be told anything. */
    private static final class NoSink implements EventSink {
        @Override
        public void vassal(VassalEvent event) {
            throw new AssertionError(event);
        }

        @Override
        public void signal(Signal signal, int senderPid, int senderUid) {
            throw new AssertionError(signal);
        }

        @Override
        public void orphan(int orphan, ExitStatus status) {
            throw new AssertionError(status);
        }
    }
}
