package org.emperor.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanEncoder;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Step;
import org.emperor.jail.Visit;
import org.emperor.jail.VisitEnd;
import org.emperor.linux.plan.KernelResources;
import org.emperor.linux.plan.VisitPlanner;
import org.emperor.linux.sys.ControlSocket;
import org.emperor.linux.sys.ControlSocket.Report;
import org.emperor.linux.sys.Errno;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Pipe;
import org.emperor.linux.sys.Poll;
import org.emperor.linux.sys.Processes;
import org.emperor.linux.sys.Reaper;
import org.emperor.linux.sys.Signals;
import org.emperor.linux.sys.Spawner;
import org.emperor.linux.sys.SyscallException;
import org.emperor.realm.ExitStatus;
import org.emperor.spec.ResourceLimit;
import org.emperor.spec.Signal;

/** One visit from the clone to the reap: a launch without an emperor, attended by the thread that asked for it. */
final class VisitRun implements AutoCloseable {
    private static final int SIGKILL = 9;
    private static final int NO_PROGRAM = 127;
    private static final int NOT_EXECUTABLE = 126;

    private final Kernel kernel;
    private final HostFiles files;
    private final Processes processes;
    private final Reaper reaper;
    private final Spawner spawner;
    private final Signals signals;
    private final Pipe life;
    private final Poll poll;
    private final StandingJail jail;
    private final JailPlan plan;
    private final Visit visit;
    private final List<AutoCloseable> open = new ArrayList<>();
    private Optional<Relay> relay = Optional.empty();
    private Optional<ControlSocket> control = Optional.empty();
    private Optional<Report> failure = Optional.empty();
    private Optional<ExitStatus> end = Optional.empty();
    private boolean jailEnded;
    private int pid;

    VisitRun(Kernel kernel, Path jailInit, Visit visit, StandingJail jail) {
        this.kernel = kernel;
        this.files = new HostFiles(kernel);
        this.processes = new Processes(kernel);
        this.visit = visit;
        this.jail = jail;
        this.plan = VisitPlanner.plan(visit, jail.visitFacts());
        this.reaper = new Reaper(kernel);
        this.spawner = new Spawner(kernel, jailInit);
        this.signals = new Signals(kernel);
        this.life = Pipe.blocking(kernel);
        this.poll = new Poll(kernel);
    }

    VisitEnd toEnd() {
        List<Fd> descriptors = descriptors();
        ControlSocket socket = keep(new ControlSocket(kernel));
        pid = clone(socket);
        socket.other().close();
        enterCgroups();
        makeRoom();
        if (jail.hasEnded()) { // or it would have been put into a leaf that was emptied before
            throw new PlanRefusal("it has just ended");
        }
        socket.send(PlanEncoder.encode(plan), descriptors, spawner);
        control = Optional.of(socket);
        relay.ifPresent(Relay::begin);
        while (end.isEmpty()) {
            turn();
        }
        relay.ifPresent(Relay::finish);
        return result(end.get());
    }

    /** Of jail-init: standard input and output first, and then as the planner wants them. */
    private List<Fd> descriptors() {
        List<Fd> usual = standard();
        List<Fd> all =
                new ArrayList<>(List.of(usual.get(0), usual.get(1), spawner.none(), spawner.none(), life.readEnd()));
        all.add(usual.get(2));
        all.addAll(jail.descriptors());
        return all;
    }

    private List<Fd> standard() {
        if (visit.terminal()) {
            Relay opened = keep(
                    new Relay(kernel, jail.program().hostUser(visit.identity().uid())));
            relay = Optional.of(opened);
            return List.of(opened.far(), opened.far(), opened.far());
        }
        return List.of(keep(files.again(0)), keep(files.again(1)), keep(files.again(2)));
    }

    private int clone(ControlSocket socket) {
        Spawner.Slot slot = spawner.takeSlot();
        List<String> argv =
                List.of("jail-init", visit.realmId(), visit.incarnation().toString(), "visit");
        Spawner.Spawned spawned;
        try {
            spawned = slot.spawn(0, -1, socket.other(), argv);
        } catch (SyscallException e) {
            if (!e.is(Errno.ENOSYS)) {
                throw e;
            }
            spawner.useOldClone(); // container engines refuse clone3
            spawned = slot.spawn(0, -1, socket.other(), argv);
        }
        if (spawned.errno() != 0) {
            throw new PlanRefusal("become jail-init: " + Errno.text(spawned.errno()));
        }
        return spawned.pid();
    }

    private void enterCgroups() {
        for (String cgroup : jail.cgroups()) {
            files.write(cgroup + "/cgroup.procs", Integer.toString(pid));
        }
    }

    /** Only upwards: jail-init has to open more than a program may, and lowering is for the program's own process. */
    private void makeRoom() {
        for (ResourceLimit limit : jail.room()) {
            processes.limit(pid, KernelResources.number(limit.resource()), limit.soft(), limit.hard());
        }
    }

    private void turn() {
        poll.clear().add(signals.descriptor(), Poll.IN).add(signals.children().number(), Poll.IN);
        control.ifPresent(socket -> poll.add(socket.number(), Poll.IN));
        if (!jailEnded) {
            poll.add(jail.end().number(), Poll.IN);
        }
        relay.ifPresent(it -> it.await(poll));
        poll.await(-1);
        control.filter(socket -> poll.isReady(socket.number())).ifPresent(this::hear);
        if (poll.isReady(jail.end().number())) {
            jailEnded = true;
            processes.signalChild(pid, SIGKILL); // nothing of it may stay in the leaf
        }
        relay.ifPresent(it -> it.move(poll));
        signals.read((signal, sender, uid) -> signal(signal));
        signals.children().clear();
        reaper.reapAll((child, status) -> {
            if (child == pid) {
                control.ifPresent(this::hear);
                end = Optional.of(status);
            }
        });
    }

    private void hear(ControlSocket socket) {
        Optional<Report> report = socket.receive();
        report.filter(it -> it.kind() == Report.Kind.FAILED || it.kind() == Report.Kind.REFUSED)
                .ifPresent(it -> failure = report);
        report.filter(it -> it.kind() == Report.Kind.END).ifPresent(it -> control = Optional.empty());
    }

    private void signal(Signal signal) {
        if (signal == Signal.WINCH) {
            relay.ifPresent(Relay::resize);
        } else {
            processes.signalChild(pid, Signals.number(signal));
            relay.filter(it -> signal == Signal.HUP || signal == Signal.TERM).ifPresent(Relay::hangUp);
        }
    }

    private VisitEnd result(ExitStatus status) {
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        String trouble = jailEnded ? "the jail of vassal " + visit.incarnation().vassal() + " has ended" : "";
        return new VisitEnd(status.kind() == ExitStatus.Kind.EXITED ? status.value() : 128 + status.value(), trouble);
    }

    /** As shells tell it where it is the program that is wrong. */
    private VisitEnd failed(Report report) {
        if (report.kind() == Report.Kind.REFUSED) {
            throw new PlanRefusal("jail-init refused the plan (reason " + report.step() + "): a defect");
        }
        Step step = plan.step(report.step());
        if (jailEnded || !step.flags().contains(Step.Flag.EXEC)) {
            throw new PlanRefusal("step " + plan.stepName(report.step()) + ": " + report.why());
        }
        boolean missing = report.errno() == Errno.ENOENT.number() || report.errno() == Errno.ENOTDIR.number();
        return new VisitEnd(missing ? NO_PROGRAM : NOT_EXECUTABLE, "cannot " + step.object() + ": " + report.why());
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.add(closeable);
        return closeable;
    }

    /** With the life pipe, what still runs of a visit that failed ends. */
    @Override
    public void close() {
        life.close();
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        if (pid > 0 && end.isEmpty()) {
            reaper.await(pid);
        }
        signals.close();
        spawner.close();
    }
}
