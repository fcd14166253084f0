package org.emperor.linux;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.emperor.jail.HostFacts;
import org.emperor.jail.HostStep;
import org.emperor.jail.IdRange;
import org.emperor.jail.IdRanges;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Seat;
import org.emperor.linux.plan.ErrandPlanner;
import org.emperor.linux.plan.LaunchNeeds;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.linux.plan.LinuxPlanner;
import org.emperor.linux.plan.NamespaceFile;
import org.emperor.linux.sys.ControlSocket;
import org.emperor.linux.sys.Errno;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.JoinedNamespaces;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.MappedTree;
import org.emperor.linux.sys.Pipe;
import org.emperor.linux.sys.Spawner;
import org.emperor.linux.sys.SyscallException;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/** What a launch thread does: plan, prepare, clone, attach, send the plan. It never waits for anybody. */
final class LaunchSequence {
    private static final System.Logger LOG = System.getLogger(LaunchSequence.class.getName());
    private static final IdRange UNUSED = new IdRange(1, 1);

    private final Kernel kernel;
    private final HostFiles files;
    private final Spawner spawner;
    private final Pipe life;
    private final NetworkPool networks;
    private final NamespaceExchange namespaces;
    private final Wires wires;
    private final LinuxOutputs outputs;
    private final Directories directories;
    private final Planner planner;
    private volatile HostFacts facts;

    /** Where incarnations have their files, and who grants ids. */
    record Directories(java.nio.file.Path state, String realmId, IdRanges idRanges) {}

    /** Makes the plans of launches. */
    interface Planner {
        /** @param joined the kinds of namespaces that it joins */
        LaunchNeeds needs(VassalSpec spec, HostFacts facts, List<String> joined);

        /** @throws PlanRefusal if this host cannot do what the spec asks */
        JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat);

        /** @throws PlanRefusal if the plan is too large for jail-init */
        byte[] encode(VassalSpec spec, JailPlan plan);
    }

    LaunchSequence(
            Kernel kernel,
            Spawner spawner,
            Pipe life,
            NetworkPool networks,
            NamespaceExchange namespaces,
            Wires wires,
            LinuxOutputs outputs,
            Directories directories,
            Planner planner,
            HostFacts facts) {
        this.kernel = kernel;
        this.files = new HostFiles(kernel);
        this.spawner = spawner;
        this.life = life;
        this.networks = networks;
        this.namespaces = namespaces;
        this.wires = wires;
        this.outputs = outputs;
        this.directories = directories;
        this.planner = planner;
        this.facts = facts;
    }

    /** @return why it failed, as a person reads it, or empty text when jail-init has its plan */
    String run(Launch launch, Spawner.Slot slot) {
        Optional<Fd> network = Optional.empty();
        try {
            LaunchNeeds needs = needs(launch);
            network = needs.network() ? networks.take() : network;
            JailPlan plan = prepare(launch, needs, network.isPresent());
            return launch.cancelled ? "cancelled before the clone" : cloneAndSend(launch, plan, network, slot);
        } catch (PlanRefusal refusal) {
            return String.valueOf(refusal.getMessage());
        } catch (StepFailure failure) {
            return failure.getMessage() + "";
        } catch (SyscallException failure) {
            return "step prepare: " + failure.getMessage();
        } catch (RuntimeException defect) {
            LOG.log(System.Logger.Level.ERROR, "defect of the emperor in a launch of " + launch.id, defect);
            return "defect of the emperor: " + defect;
        } finally {
            network.ifPresent(Fd::close);
            wires.keepOnlyIfPlanned(launch);
        }
    }

    /** All but the clone and what jail-init would do: the plan is sent to nobody. */
    void rehearse(Launch launch) {
        JailPlan plan = prepare(launch, needs(launch), false);
        List<AutoCloseable> open = new ArrayList<>();
        try (ControlSocket control = new ControlSocket(kernel)) {
            reading(launch, open);
            send(launch, plan, control, descriptors(launch, plan, Optional.empty(), open));
        } finally {
            open.forEach(LaunchSequence::close);
        }
    }

    private LaunchNeeds needs(Launch launch) {
        if (launch.errand.isPresent()) {
            return LaunchNeeds.NONE;
        }
        LaunchNeeds needs = planner.needs(launch.spec, facts, namesOf(launch.joined));
        if (needs.names()) {
            facts = LinuxFacts.with(facts, LookupProbe.probe());
        }
        return needs;
    }

    private JailPlan prepare(Launch launch, LaunchNeeds needs, boolean networkReady) {
        Seat seat = seat(launch, needs, networkReady);
        JailPlan plan = launch.errand.isPresent()
                ? ErrandPlanner.plan(launch.spec, launch.errand.get(), facts, seat, launch.beside)
                : planner.plan(launch.spec, facts, seat);
        launch.plan = plan;
        for (int i = 0; i < plan.prepare().size(); i++) {
            prepare(launch, plan.prepare().get(i), i);
        }
        return plan;
    }

    private Seat seat(Launch launch, LaunchNeeds needs, boolean networkReady) {
        IdRange range = needs.range() ? range(launch) : UNUSED;
        String address = needs.address() ? wires.grant(launch.id) : "";
        return new Seat(
                launch.id,
                directories.state(),
                directories.realmId(),
                range,
                networkReady,
                address,
                namesOf(launch.joined));
    }

    private static List<String> namesOf(@Nullable JoinedNamespaces namespaces) {
        return namespaces == null
                ? List.of()
                : namespaces.kinds().stream().map(NamespaceFile::toString).toList();
    }

    private IdRange range(Launch launch) {
        try {
            return directories.idRanges().rangeOf(launch.id.vassal());
        } catch (UncheckedIOException e) {
            throw new PlanRefusal(String.valueOf(e.getMessage()));
        }
    }

    private void prepare(Launch launch, HostStep step, int index) {
        try {
            switch (step.kind()) {
                case MAKE_DIRECTORY -> files.makeDirectory(step.path(), step.mode());
                case KEEP_DIRECTORY -> files.keepDirectory(step.path(), step.mode());
                case MAKE_FIFO -> files.makeFifo(step.path(), step.mode());
                case MAKE_FILE -> files.create(step.path(), step.mode(), step.content());
                case WRITE_FILE -> files.write(step.path(), step.content());
                case LISTEN ->
                    namespaces.offer(launch.id, LinuxPlanner.offers(launch.spec).orElseThrow());
                case MAP_TREE -> throw new IllegalStateException("there is no namespace yet: " + step);
            }
            if (step.makes() && step.uid() >= 0) {
                files.changeOwner(step.path(), step.uid(), step.gid());
            }
        } catch (SyscallException e) {
            throw new StepFailure("prepare", index, step.object(), e);
        }
    }

    /**
     * Where nothing is to be done while jail-init waits for its plan, it need not wait: the plan is in the socket before it is
     * born.
     */
    private String cloneAndSend(Launch launch, JailPlan plan, Optional<Fd> network, Spawner.Slot slot) {
        boolean waits = !plan.attach().isEmpty() || !plan.network().isEmpty();
        List<AutoCloseable> open = new ArrayList<>();
        ControlSocket control = new ControlSocket(kernel);
        try {
            Fd output = reading(launch, open);
            List<Fd> descriptors = descriptors(launch, plan, network, open);
            if (!waits) {
                send(launch, plan, control, descriptors);
            }
            Spawner.Spawned spawned = spawn(launch, plan, slot, control, open);
            launch.pid = spawned.pid();
            control.other().close();
            if (spawned.errno() != 0) {
                control.close();
                return "step clone/1 become jail-init: " + Errno.text(spawned.errno());
            }
            List<Fd> opened = attach(plan, spawned.pid(), open);
            wires.make(launch, plan, network);
            if (launch.cancelled && waits) {
                control.close();
                return "cancelled before the plan was sent";
            }
            outputs.add(launch.id, output);
            open.remove(output);
            launch.control = control;
            if (waits) {
                send(launch, plan, control, joined(descriptors, opened));
            }
            return "";
        } catch (RuntimeException e) {
            control.close(); // jail-init sees the end of the stream and exits
            launch.control = null;
            launch.cancelled |= !waits; // but for one that has its plan
            throw e;
        } finally {
            open.forEach(LaunchSequence::close);
        }
    }

    private void send(Launch launch, JailPlan plan, ControlSocket control, List<Fd> descriptors) {
        JoinedNamespaces granted = launch.joined;
        List<Fd> all = granted == null ? descriptors : joined(descriptors, granted.descriptors());
        try {
            control.send(planner.encode(launch.spec, plan), all, spawner);
        } catch (SyscallException e) {
            throw new StepFailure("attach", plan.attach().size(), "hand over the plan", e);
        }
    }

    /**
     * The emperor's own reading end of the FIFO; its descriptor is the one a running vassal costs. It counts as a writer too:
     * no last writer's end wakes the log's thread in the middle of a death, and the reap tells that all is said.
     */
    private Fd reading(Launch launch, List<AutoCloseable> open) {
        return keep(open, files.open(fifo(launch), HostFiles.READ_WRITE | HostFiles.NON_BLOCK));
    }

    /** In the order of {@link org.emperor.jail.Descriptor}. */
    private List<Fd> descriptors(Launch launch, JailPlan plan, Optional<Fd> network, List<AutoCloseable> open) {
        Fd output = keep(open, files.open(fifo(launch), HostFiles.WRITE));
        Fd keeper = keep(open, files.open(fifo(launch), HostFiles.READ_WRITE));
        Fd record = plan.isResident() ? keep(open, files.open(exitRecord(launch), HostFiles.WRITE)) : spawner.none();
        List<Fd> always = List.of(spawner.none(), output, keeper, record, life.readEnd());
        return network.map(ready -> joined(always, List.of(ready))).orElse(always);
    }

    private static List<Fd> joined(List<Fd> first, List<Fd> last) {
        return Stream.concat(first.stream(), last.stream()).toList();
    }

    private String fifo(Launch launch) {
        return Seat.fifo(directories.state(), launch.id).toString();
    }

    private String exitRecord(Launch launch) {
        return Seat.exitRecord(directories.state(), launch.id).toString();
    }

    private Spawner.Spawned spawn(
            Launch launch, JailPlan plan, Spawner.Slot slot, ControlSocket control, List<AutoCloseable> open) {
        try {
            int cgroup = plan.cgroup().isPresent()
                    ? keep(open, files.open(plan.cgroup().get(), HostFiles.READ))
                            .number()
                    : -1;
            List<String> argv = List.of("jail-init", directories.realmId(), launch.id.toString());
            return slot.spawn(plan.cloneFlags(), cgroup, control.other(), argv);
        } catch (SyscallException e) {
            throw new StepFailure("clone", 0, "clone jail-init: " + plan.cloneText(), e);
        }
    }

    /** @return what its steps opened for the jail, in their order */
    private List<Fd> attach(JailPlan plan, int pid, List<AutoCloseable> open) {
        List<Fd> opened = new ArrayList<>(plan.opened());
        for (int i = 0; i < plan.attach().size(); i++) {
            HostStep step = plan.attach().get(i);
            try {
                if (step.opens()) {
                    opened.add(keep(open, MappedTree.of(kernel, step.path(), "/proc/" + pid + "/ns/user")));
                } else {
                    String path = step.path().replace(HostStep.PID, Integer.toString(pid));
                    files.write(path, step.content().replace(HostStep.PID, Integer.toString(pid)));
                }
            } catch (SyscallException e) {
                throw new StepFailure("attach", i, step.object(), e.getMessage() + hint(step, e));
            }
        }
        return opened;
    }

    /** What the kernel's word does not tell of itself (mount_setattr(2)). */
    private static String hint(HostStep step, SyscallException failure) {
        return step.opens() && failure.is(Errno.EINVAL)
                ? "; a file system there, or one mounted below it, cannot have its ids mapped"
                : "";
    }

    private static Fd keep(List<AutoCloseable> open, Fd fd) {
        open.add(fd);
        return fd;
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
