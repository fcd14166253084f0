package org.emperor.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.emperor.jail.EventSink;
import org.emperor.jail.FileWatch;
import org.emperor.jail.Host;
import org.emperor.jail.HostFacts;
import org.emperor.jail.HostSettings;
import org.emperor.jail.JailBackend;
import org.emperor.jail.JailPlan;
import org.emperor.jail.Outputs;
import org.emperor.jail.Platform;
import org.emperor.jail.Seat;
import org.emperor.lang.Problem;
import org.emperor.realm.EventKind;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.Accounts;
import org.emperor.spec.Identity;
import org.emperor.spec.Option;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalSpec;

/** A platform in real time on which every launch succeeds at once and every signal ends a program; any thread may use it. */
final class QuickPlatform implements Platform {
    private final Identity self;
    private final LinkedBlockingQueue<Consumer<EventSink>> events = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Boolean> wakes = new LinkedBlockingQueue<>();
    private final FileWatch blind = new Blind();
    private volatile boolean closed;
    private volatile String refusal = "";

    QuickPlatform(int uid) {
        self = new Identity("me", uid, uid, List.of(uid), "/", "/bin/sh");
    }

    /** The emperor's own process gets a signal. */
    void signalEmperor(Signal signal) {
        events.add(sink -> sink.signal(signal, 1, 0));
    }

    /** From now on it cannot be opened. */
    void refuse(String why) {
        refusal = why;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String name() {
        return "quick";
    }

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public List<Problem> check(VassalSpec spec, HostFacts facts) {
        return List.of();
    }

    @Override
    public HostFacts usualFacts() {
        return new HostFacts(name(), Map.of());
    }

    @Override
    public HostFacts probe() {
        return usualFacts();
    }

    @Override
    public JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
        throw new UnsupportedOperationException("not asked of a daemon");
    }

    @Override
    public Accounts accounts() {
        return new Accounts() {
            @Override
            public Optional<Identity> user(String nameOrNumber) {
                return Optional.empty();
            }

            @Override
            public OptionalInt group(String nameOrNumber) {
                return OptionalInt.empty();
            }

            @Override
            public Identity self() {
                return self;
            }
        };
    }

    @Override
    public Host open(HostSettings settings) {
        if (!refusal.isEmpty()) {
            throw new IllegalStateException(refusal);
        }
        return new QuickHost();
    }

    private final class QuickHost implements Host {
        @Override
        public HostFacts facts() {
            return usualFacts();
        }

        @Override
        public JailBackend backend() {
            return new QuickBackend();
        }

        @Override
        public Outputs outputs() {
            return new Silence();
        }

        @Override
        public FileWatch fileWatch() {
            return blind;
        }

        @Override
        public Moment now() {
            return new Moment(System.nanoTime());
        }

        @Override
        public List<String> leftovers() {
            return List.of();
        }

        @Override
        public void rehearse(VassalSpec spec) {}

        @Override
        public void close() {
            closed = true;
        }
    }

    private final class QuickBackend implements JailBackend {
        @Override
        public void await(Optional<Moment> until, EventSink sink) {
            long nanos = until.map(at -> at.nanos() - System.nanoTime()).orElse(Long.MAX_VALUE);
            List<Consumer<EventSink>> all = new ArrayList<>();
            Consumer<EventSink> first = poll(events, nanos);
            if (first != null) {
                all.add(first);
            }
            events.drainTo(all);
            all.forEach(event -> event.accept(sink));
        }

        @Override
        public void wake() {
            events.add(sink -> {});
        }

        @Override
        public void launch(IncarnationId incarnation, VassalSpec spec) {
            tell(VassalEvent.launched(incarnation, 4711));
        }

        @Override
        public void signal(IncarnationId incarnation, Signal signal) {
            tell(VassalEvent.exited(incarnation, ExitStatus.signaled(15, false)));
        }

        @Override
        public void kill(IncarnationId incarnation) {
            signal(incarnation, Signal.KILL);
        }

        @Override
        public void dismantle(IncarnationId incarnation) {
            tell(VassalEvent.of(EventKind.DISMANTLED, incarnation));
        }

        @Override
        public int capacity() {
            return 10;
        }

        @Override
        public void close() {}

        private void tell(VassalEvent event) {
            events.add(sink -> sink.vassal(event));
        }
    }

    private final class Silence implements Outputs {
        @Override
        public void await(Sink sink) {
            poll(wakes, Long.MAX_VALUE);
        }

        @Override
        public void wake() {
            wakes.add(true);
        }

        @Override
        public void close() {}
    }

    /** Sees nothing: only rescans find files. */
    private static final class Blind implements FileWatch {
        private final LinkedBlockingQueue<Boolean> notes = new LinkedBlockingQueue<>();

        @Override
        public Optional<String> watch(Path directory) {
            return Optional.empty();
        }

        @Override
        public void unwatch(Path directory) {}

        @Override
        public List<Note> await(Duration atMost) {
            poll(notes, atMost.toNanos());
            return List.of();
        }

        @Override
        public void wake() {
            notes.add(true);
        }

        @Override
        public Optional<Boolean> isQuiet(Path file) {
            return Optional.of(true);
        }

        @Override
        public void close() {}
    }

    private static <T> T poll(LinkedBlockingQueue<T> queue, long nanos) {
        try {
            return queue.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
