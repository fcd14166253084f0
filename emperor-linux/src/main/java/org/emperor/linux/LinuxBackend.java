package org.emperor.linux;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.emperor.jail.EventSink;
import org.emperor.jail.JailBackend;
import org.emperor.jail.JailPlan;
import org.emperor.linux.plan.LinuxPlanner;
import org.emperor.linux.sys.ControlSocket.Report;
import org.emperor.linux.sys.Epoll;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.JoinedNamespaces;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Processes;
import org.emperor.linux.sys.Reaper;
import org.emperor.linux.sys.Signals;
import org.emperor.linux.sys.SyscallException;
import org.emperor.linux.sys.WakeUp;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalSpec;

/**
 * Jails of this Linux host. Everything here is the loop's thread but what {@link LaunchThreads} runs; their results come
 * back through a queue. The one place that reaps: a dead pid nobody knows is parked while a launch is in flight, because
 * it may be that launch's.
 */
final class LinuxBackend implements JailBackend {
    private static final int LONGEST_WAIT = 15_000; // ms, so that somebody looks after the reader of outputs
    private static final int SHORT_WAIT = 1000; // ms

    private final Kernel kernel;
    private final HostFiles files;
    private final Processes processes;
    private final Reaper reaper;
    private final Signals signals;
    private final LaunchThreads threads;
    private final LaunchSequence sequence;
    private final NamespaceExchange namespaces;
    private final LinuxOutputs outputs;
    private final Supplier<Moment> clock;
    private final ExitRecords records;
    private final int capacity;
    private final Epoll epoll;
    private final WakeUp bell;
    private final Queue<Runnable> results = new ConcurrentLinkedQueue<>();
    private final Queue<VassalEvent> events = new ArrayDeque<>();
    private final Queue<String> troubles = new ArrayDeque<>();
    private final Map<IncarnationId, Launch> launches = new HashMap<>();
    private final Map<Integer, Launch> byPid = new HashMap<>();
    private final ParkedEnds parked = new ParkedEnds();
    private final Conversations conversations;
    private final Kills kills;
    private final Removals removals;
    private int inFlight;
    private boolean closed;

    /** What the backend is made of; {@link LinuxHost} wires it. */
    record Parts(
            Kernel kernel,
            Reaper reaper,
            Signals signals,
            LaunchThreads threads,
            LaunchSequence sequence,
            NamespaceExchange namespaces,
            Wires wires,
            LinuxOutputs outputs,
            Supplier<Moment> clock,
            Path stateDirectory,
            int capacity) {}

    LinuxBackend(Parts parts) {
        kernel = parts.kernel();
        files = new HostFiles(kernel);
        processes = new Processes(kernel);
        reaper = parts.reaper();
        signals = parts.signals();
        threads = parts.threads();
        sequence = parts.sequence();
        namespaces = parts.namespaces();
        outputs = parts.outputs();
        clock = parts.clock();
        records = new ExitRecords(files, parts.stateDirectory());
        capacity = parts.capacity();
        epoll = new Epoll(kernel);
        bell = new WakeUp(kernel);
        conversations = new Conversations(epoll, this::heard);
        kills = new Kills(kernel, threads, namespaces, clock, results, troubles::add);
        removals = new Removals(kernel, parts.wires(), namespaces, threads, epoll, results, bell, new Heir());
        epoll.add(bell.number());
        epoll.add(signals.descriptor());
        epoll.add(signals.children().number());
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void wake() {
        bell.ring();
    }

    @Override
    public void await(Optional<Moment> until, EventSink sink) {
        if (closed) {
            return;
        }
        outputs.tell(); // what follows from the ends of the last turn is under way by now, and the log can wait
        epoll.await(timeout(until), descriptor -> ready(descriptor, sink));
        outputs.giveUpStuck()
                .ifPresent(lost -> sink.trouble("the output of vassal " + lost.vassal()
                        + " is not read any more until it is launched anew: it holds its pipe, as a program does that writes"
                        + " from a file on a dead file system vassal=" + lost.vassal() + " incarnation="
                        + lost.number()));
        takeResults();
        parked.release(sink, inFlight == 0);
        VassalEvent event;
        while ((event = events.poll()) != null) {
            sink.vassal(event);
        }
        String trouble;
        while ((trouble = troubles.poll()) != null) {
            sink.trouble(trouble);
        }
    }

    /** Rounded up: waking a moment before a deadline would only turn the loop for nothing. */
    private int timeout(Optional<Moment> until) {
        if (!results.isEmpty() || !events.isEmpty()) {
            return 0;
        }
        int longest = outputs.hasSuspect() ? SHORT_WAIT : LONGEST_WAIT;
        return until.map(moment -> clock.get().until(moment).plusNanos(999_999).toMillis())
                .map(milliseconds -> (int) Math.min(longest, Math.max(0, milliseconds)))
                .orElse(longest);
    }

    private void ready(int descriptor, EventSink sink) {
        takeResults(); // a report may be here before the launch thread's own word
        if (descriptor == bell.number()) {
            bell.clear();
        } else if (descriptor == signals.children().number()) {
            signals.children().clear();
            reaper.reapAll(this::reaped);
        } else if (descriptor == signals.descriptor()) {
            signals.read(sink::signal);
        } else if (!conversations.read(descriptor)) {
            removals.told(descriptor);
        }
    }

    private void takeResults() {
        Runnable result;
        while ((result = results.poll()) != null) {
            result.run();
        }
    }

    @Override
    public void launch(IncarnationId incarnation, VassalSpec spec) {
        launch(new Launch(incarnation, spec));
    }

    @Override
    public Optional<Moment> waitedUntil(IncarnationId incarnation) {
        Launch launch = launches.get(incarnation);
        if (launch == null) {
            return Optional.empty();
        }
        Moment turn = launch.turn;
        return Optional.of(turn == null ? clock.get() : turn);
    }

    void launch(Launch launch) {
        launches.put(launch.id, launch);
        inFlight++;
        Optional<String> address = launch.errand.isPresent() ? Optional.empty() : LinuxPlanner.joins(launch.spec);
        if (address.isEmpty()) {
            submit(launch);
        } else {
            launch.turn = clock.get();
            namespaces.ask(launch.id, address.get(), new Joining(launch));
        }
    }

    /** What the launch waits for before a launch thread need be troubled. */
    private final class Joining implements NamespaceRequest.Answer {
        private final Launch launch;

        Joining(Launch launch) {
            this.launch = launch;
        }

        @Override
        public void given(JoinedNamespaces given) {
            launch.joined = given;
            submit(launch);
        }

        @Override
        public void refused(String why) {
            post(launch, why);
        }
    }

    private void submit(Launch launch) {
        threads.submit((slot, worker) -> {
            launch.worker = worker;
            launch.turn = clock.get();
            launch.begun = parked.last();
            String failure = "defect of the emperor: see its log";
            try {
                failure = launch.cancelled ? "cancelled before it began" : sequence.run(launch, slot);
            } finally {
                if (launch.joined != null) {
                    launch.joined.close();
                }
                post(launch, failure);
            }
        });
    }

    /** On the launch thread: the report to come wakes the loop; where none will come, the bell does. */
    private void post(Launch launch, String failure) {
        boolean reports = launch.control != null;
        results.add(() -> returned(launch, failure));
        boolean heard = reports && listenTo(launch);
        if (!heard || launch.attached.isPresent()) {
            bell.ring();
        }
    }

    /** After the result, or the loop would turn for a report that it cannot place yet. */
    private boolean listenTo(Launch launch) {
        try {
            conversations.listen(launch);
            return true;
        } catch (SyscallException e) {
            results.add(() -> {
                troubles.add("cannot listen to jail-init: " + e.getMessage());
                kill(launch.id); // nobody would hear how it went
            });
            return false;
        }
    }

    private void returned(Launch launch, String failure) {
        launch.inFlight = false;
        inFlight--;
        launch.failure = failure;
        if (launch.pid > 0) {
            byPid.put(launch.pid, launch);
        } else {
            events.add(VassalEvent.launchFailed(launch.id, failure));
        }
        if (launch.control != null) {
            conversations.open(launch);
            launch.attached.ifPresent(told -> told.accept(launch.pid));
        }
        Optional<ExitStatus> early = parked.take(launch.pid, launch.begun);
        if (early.isPresent()) {
            ended(launch, early.get());
        } else if (launch.cancelled) {
            kill(launch.id);
        }
    }

    private void heard(Launch launch, Report report) {
        switch (report.kind()) {
            case STARTED -> launched(launch, report.pid());
            case EXEC_NEXT -> launch.execNext = true;
            case FAILED -> launch.failure = InnerFailure.text(launch.plan, report);
            case REFUSED -> launch.failure = "jail-init refused the plan (reason " + report.step() + "): a defect";
            case END -> ended(launch);
        }
    }

    /** The end of the stream after exec-next is the program's exec; without it, the reap that follows tells why. */
    private void ended(Launch launch) {
        if (launch.execNext && launch.failure.isEmpty() && !launch.launched) {
            launched(launch, launch.pid);
        }
        conversations.close(launch);
    }

    private void launched(Launch launch, int pid) {
        launch.launched = true;
        JailPlan plan = launch.plan;
        launch.plan = plan == null ? null : plan.standing(); // its steps are 60 KiB with a preset
        namespaces.serve(launch.id, launch.pid).ifPresent(troubles::add);
        events.add(VassalEvent.launched(launch.id, pid));
        conversations.close(launch);
    }

    private void reaped(int pid, ExitStatus status) {
        Launch launch = byPid.get(pid);
        if (launch != null) {
            ended(launch, status);
        } else {
            parked.park(pid, status);
        }
    }

    /** jail-init, or the program in its place, was reaped. */
    private void ended(Launch launch, ExitStatus status) {
        conversations.read(launch);
        conversations.close(launch);
        byPid.remove(launch.pid);
        outputs.finish(launch.id);
        if (launch.launched) {
            JailPlan plan = launch.plan;
            boolean resident = plan != null && plan.isResident();
            events.add(VassalEvent.exited(
                    launch.id, resident ? records.read(launch.id).orElse(status) : status));
        } else {
            String why =
                    launch.failure.isEmpty() ? "jail-init ended before the program ran: " + status : launch.failure;
            events.add(VassalEvent.launchFailed(launch.id, why));
        }
    }

    @Override
    public void signal(IncarnationId incarnation, Signal signal) {
        if (signal == Signal.KILL) { // which the jail's init could not pass on, and would leave the others behind
            kill(incarnation);
            return;
        }
        Launch launch = launches.get(incarnation);
        if (launch != null && byPid.get(launch.pid) == launch) {
            processes.signalChild(launch.pid, Signals.number(signal));
        }
    }

    @Override
    public void kill(IncarnationId incarnation) {
        Launch launch = launches.get(incarnation);
        if (launch != null) {
            kills.kill(launch, byPid.get(launch.pid) == launch);
        }
    }

    @Override
    public void dismantle(IncarnationId incarnation) {
        Launch launch = launches.get(incarnation);
        if (launch == null) {
            events.add(VassalEvent.dismantled(incarnation, 0));
        } else if (launch.plan == null || !isThere(launch)) {
            removals.begin(launch);
        }
    }

    /** Its end is still to be told. */
    private boolean isThere(Launch launch) {
        return launch.inFlight || byPid.get(launch.pid) == launch;
    }

    private final class Heir implements Removals.Heir {
        @Override
        public void removed(Launch launch) {
            launches.remove(launch.id);
            events.add(VassalEvent.dismantled(launch.id, launch.oomKills));
        }

        @Override
        public void trouble(String what) {
            troubles.add(what);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        outputs.tell();
        removals.close();
        conversations.close();
        threads.close();
        epoll.close();
        bell.close();
    }
}
