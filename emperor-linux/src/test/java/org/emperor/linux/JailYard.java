package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.emperor.jail.EventSink;
import org.emperor.jail.Host;
import org.emperor.jail.HostSettings;
import org.emperor.jail.IdRange;
import org.emperor.jail.IdRanges;
import org.emperor.jail.JailBackend;
import org.emperor.jail.Outputs;
import org.emperor.linux.plan.LinkNames;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.linux.plan.LinuxPlanner;
import org.emperor.realm.EventKind;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalSpec;

/** This host opened for a test that launches real jails, and what its backend has told so far. */
final class JailYard implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String END = "\0end";

    static {
        takeSignalsFirst();
    }

    private final Path state;
    private final LinuxFacts facts;
    private final HostSettings settings;
    private final Host host;
    private final List<VassalEvent> told = new ArrayList<>();
    private final List<Integer> orphans = new ArrayList<>();
    private final List<String> errandFailures = new ArrayList<>();
    private final Map<IncarnationId, StringBuffer> outputs = new ConcurrentHashMap<>();
    private final Thread listener;
    private volatile boolean closed;
    private long last;

    private JailYard(Path state, LinuxFacts facts, IdRanges idRanges, LaunchSequence.Planner planner) {
        this.state = state;
        this.facts = facts;
        this.settings = new HostSettings(state, String.format("%08x", state.hashCode()), idRanges);
        this.host = LinuxHost.open(settings, facts, planner);
        this.listener = new Thread(this::listen, "listener");
        listener.start();
    }

    private void listen() {
        while (!closed) {
            host.outputs().await(new Outputs.Sink() {
                @Override
                public void bytes(IncarnationId incarnation, ByteBuffer bytes) {
                    output(incarnation).append(StandardCharsets.UTF_8.decode(bytes));
                }

                @Override
                public void ended(IncarnationId incarnation) {
                    output(incarnation).append(END);
                }
            });
        }
    }

    private StringBuffer output(IncarnationId incarnation) {
        return outputs.computeIfAbsent(incarnation, it -> new StringBuffer());
    }

    static JailYard open(Path state) {
        return open(state, HostProbe.probe());
    }

    /** As if the probe had found these facts. */
    static JailYard open(Path state, LinuxFacts facts) {
        return open(state, facts, name -> new IdRange(0x10000000, 65536));
    }

    static JailYard open(Path state, LinuxFacts facts, IdRanges idRanges) {
        return open(state, facts, idRanges, new KeptPlanners());
    }

    /** As if plans were made in another way. */
    static JailYard open(Path state, LaunchSequence.Planner planner) {
        return open(state, HostProbe.probe(), name -> new IdRange(0x10000000, 65536), planner);
    }

    private static JailYard open(Path state, LinuxFacts facts, IdRanges idRanges, LaunchSequence.Planner planner) {
        try {
            Files.createDirectories(state.resolve("vassals"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JailYard(state, facts, idRanges, planner);
    }

    JailBackend backend() {
        return host.backend();
    }

    Host host() {
        return host;
    }

    HostSettings settings() {
        return settings;
    }

    /** How many host ends of jails there are. */
    int wiresLeft() {
        String[] names = new java.io.File("/sys/class/net")
                .list((directory, name) -> LinkNames.isHostEnd(name, settings.realmId()));
        return names == null ? 0 : names.length;
    }

    Path vassals() {
        return state.resolve("vassals");
    }

    /** The cgroup v2 directory of this yard's jails. */
    Path realmCgroup() {
        return Path.of(LinuxPlanner.realmCgroup(facts.cgroup2(), settings.realmId()));
    }

    IncarnationId launch(Sample sample) {
        VassalSpec spec = sample.spec();
        IncarnationId id = new IncarnationId(spec.name(), ++last);
        backend().launch(id, spec);
        return id;
    }

    VassalEvent launched(IncarnationId id) {
        return event(id, "start", it -> it.kind() == EventKind.LAUNCHED);
    }

    /** The start, or the end of a launch that failed. */
    VassalEvent first(IncarnationId id) {
        return event(id, "start or end", it -> it.kind() == EventKind.LAUNCHED || it.kind() == EventKind.LAUNCH_FAILED);
    }

    VassalEvent end(IncarnationId id) {
        return event(id, "end", it -> it.kind() == EventKind.EXITED || it.kind() == EventKind.LAUNCH_FAILED);
    }

    /** Asks once: an answer must come without being asked again. */
    void dismantle(IncarnationId id) {
        backend().dismantle(id);
        dismantled(id);
    }

    void dismantled(IncarnationId id) {
        event(id, "dismantling", it -> it.kind() == EventKind.DISMANTLED);
    }

    /** What the program has written, once that contains the text. */
    String written(IncarnationId id, String text) {
        waitUntil(() -> output(id).indexOf(text) >= 0, () -> "\"" + text + "\" written by " + id + ": " + output(id));
        return output(id).toString();
    }

    /** All that the program wrote; it was reaped. */
    String lastWords(IncarnationId id) {
        return written(id, END).replace(END, "");
    }

    void killAndDismantle(IncarnationId id) {
        backend().kill(id);
        end(id);
        dismantle(id);
    }

    List<Integer> orphans() {
        return List.copyOf(orphans);
    }

    /** A line each: incarnation, hook, why. */
    List<String> errandFailures() {
        return List.copyOf(errandFailures);
    }

    List<VassalEvent> told() {
        return List.copyOf(told);
    }

    private VassalEvent event(IncarnationId id, String what, Predicate<VassalEvent> wanted) {
        waitUntil(() -> find(id, wanted).isPresent(), () -> "the " + what + " of " + id + "; told: " + told);
        return find(id, wanted).orElseThrow();
    }

    private Optional<VassalEvent> find(IncarnationId id, Predicate<VassalEvent> wanted) {
        return told.stream()
                .filter(event -> event.incarnation().equals(id))
                .filter(wanted)
                .findFirst();
    }

    void waitUntil(BooleanSupplier condition, Supplier<String> what) {
        Moment limit = host.now().plus(LIMIT);
        while (!condition.getAsBoolean() && limit.isAfter(host.now())) {
            turn(Duration.ofMillis(50));
        }
        assertTrue(condition.getAsBoolean(), () -> "not in time: " + what.get());
    }

    /** Lets the backend work for that long, whatever it tells; how often it had something to do. */
    int watchFor(Duration time) {
        Moment limit = host.now().plus(time);
        int turns = 0;
        while (limit.isAfter(host.now())) {
            turn(Duration.ofMillis(20));
            turns++;
        }
        return turns;
    }

    void turn(Duration atMost) {
        backend().await(Optional.of(host.now().plus(atMost)), new Sink());
    }

    /** What this process's descriptors refer to, but for files that the JVM opens for itself: of classes, of its memory. */
    static List<String> openDescriptors() {
        List<String> open = new ArrayList<>();
        for (int number = 0; number < 1024; number++) {
            Path link = Path.of("/proc/self/fd/" + number);
            try {
                open.add(Files.readSymbolicLink(link).toString());
            } catch (IOException e) {
                continue; // not open
            }
        }
        open.removeIf(target -> target.endsWith(".jar")
                || target.endsWith(".class")
                || target.matches("/proc/.*|/sys/fs/cgroup/.*/(memory|cpu)\\..*"));
        open.replaceAll(target -> target.replaceAll("\\[[0-9]+\\]", ""));
        open.sort(Comparator.naturalOrder());
        return open;
    }

    long filesLeft() {
        return entries(vassals());
    }

    long leavesLeft() {
        Path realm = realmCgroup();
        if (!Files.isDirectory(realm)) {
            return 0;
        }
        try (Stream<Path> found = Files.list(realm)) {
            return found.filter(Files::isDirectory).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With its first process the JDK sets SIGCHLD to the default; tests that start further ones need that behind them. */
    private static void takeSignalsFirst() {
        try {
            new ProcessBuilder("/bin/true").start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long entries(Path directory) {
        try (Stream<Path> found = Files.list(directory)) {
            return found.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the daemon's end. */
    void leave() {
        if (!closed) {
            closed = true;
            host.outputs().wake();
            join();
            host.close();
        }
    }

    /** As the daemon's end and the next start: nothing of a failed test stays on the machine. */
    @Override
    public void close() {
        leave();
        LinuxHost.open(settings, facts).close();
    }

    private void join() {
        try {
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Sink implements EventSink {
        @Override
        public void vassal(VassalEvent event) {
            told.add(event);
        }

        @Override
        public void errandFailed(IncarnationId incarnation, String hook, String why) {
            errandFailures.add(incarnation + " " + hook + " " + why);
        }

        @Override
        public void signal(Signal signal, int senderPid, int senderUid) {}

        @Override
        public void orphan(int pid, ExitStatus status) {
            orphans.add(pid);
        }
    }
}
