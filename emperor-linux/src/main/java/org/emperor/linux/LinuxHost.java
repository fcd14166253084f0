package org.emperor.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emperor.jail.FileWatch;
import org.emperor.jail.Host;
import org.emperor.jail.HostFacts;
import org.emperor.jail.HostSettings;
import org.emperor.jail.JailBackend;
import org.emperor.jail.Outputs;
import org.emperor.linux.plan.Confinement;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.LandlockVersion;
import org.emperor.linux.sys.Pipe;
import org.emperor.linux.sys.Reaper;
import org.emperor.linux.sys.Signals;
import org.emperor.linux.sys.Spawner;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalSpec;

/** This Linux host opened for reigning: the order of opening is the order of what depends on what. */
final class LinuxHost implements Host {
    private static final int OWN_DESCRIPTORS = 500; // of the JVM, HTTP clients, logs and launches under way
    private static final int OTHER_PROCESSES = 1000;
    private static final int PROCESSES_PER_VASSAL = 2;

    /** Incarnations count from 1, so that this one's files and leaf are nobody's. */
    private static final int NEVER_LAUNCHED = 0;

    private final Kernel kernel;
    private final CgroupTree cgroups;
    private final Signals signals;
    private final Spawner spawner;
    private final Pipe life;
    private final NetworkPool networks;
    private final NamespaceExchange namespaces;
    private final LinuxOutputs outputs;
    private final LinuxFileWatch fileWatch;
    private final LaunchSequence sequence;
    private final Dismantling dismantling;
    private final JailBackend backend;
    private final HostFacts facts;
    private final List<String> leftovers;

    private LinuxHost(HostSettings settings, NativeFiles natives, LinuxFacts probed, LaunchSequence.Planner planner) {
        kernel = new Kernel(natives.library());
        spawner = new Spawner(kernel, natives.jailInit());
        signals = new Signals(kernel);
        Reaper reaper = new Reaper(kernel);
        cgroups = new CgroupTree(kernel, probed, settings.realmId());
        LinuxFacts opened = cgroups.open();
        leftovers = endLeftovers(kernel, settings, opened);
        LinuxFacts seen = new TrialSpawn(kernel, spawner, reaper, settings.realmId()).correct(opened);
        seen = seen.with(new Confinement(seen.confinement().seccomp(), LandlockVersion.of(kernel)));
        if (!seen.changesIds()) {
            spawner.leaveMapsToJails();
        }
        facts = seen.toFacts();
        life = Pipe.blocking(kernel);
        networks = new NetworkPool(kernel);
        namespaces = new NamespaceExchange(kernel);
        outputs = new LinuxOutputs(kernel);
        fileWatch = new LinuxFileWatch(kernel);
        LaunchSequence.Directories directories =
                new LaunchSequence.Directories(settings.stateDirectory(), settings.realmId(), settings.idRanges());
        Wires wires = new Wires(kernel);
        sequence = new LaunchSequence(
                kernel, spawner, life, networks, namespaces, wires, outputs, directories, planner, facts);
        dismantling = new Dismantling(kernel);
        LinuxBackend jails = new LinuxBackend(new LinuxBackend.Parts(
                kernel,
                reaper,
                signals,
                new LaunchThreads(spawner),
                sequence,
                namespaces,
                wires,
                outputs,
                this::now,
                settings.stateDirectory(),
                capacity(seen)));
        backend = new ErrandBackend(jails, this::now);
    }

    static Host open(HostSettings settings) {
        return open(settings, HostProbe.probe());
    }

    /** @param probed the most that may be used of this host; what turns out not to work is given up further */
    static Host open(HostSettings settings, LinuxFacts probed) {
        return open(settings, probed, new KeptPlanners());
    }

    static Host open(HostSettings settings, LinuxFacts probed, LaunchSequence.Planner planner) {
        return new LinuxHost(settings, NativeFiles.find(), probed, planner);
    }

    private List<String> endLeftovers(Kernel kernel, HostSettings settings, LinuxFacts opened) {
        List<String> ended = new ArrayList<>(cgroups.endLeftovers());
        if (opened.cgroup2().isEmpty()) {
            ended.addAll(new Leftovers(kernel, settings.realmId()).endJailInits());
        }
        ended.addAll(new Wires(kernel).removeLeft(settings.realmId()));
        ended.remove("trial");
        ended.remove("rehearsal." + NEVER_LAUNCHED); // cut short by the end of that emperor
        try {
            Leftovers.removeFiles(settings.stateDirectory().resolve("vassals"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(ended);
    }

    /** One descriptor and, with jail-init, two processes for each running vassal. */
    private static int capacity(LinuxFacts facts) {
        try {
            // By lines: readString asks for one byte first, and the kernel hands out a number only in one read.
            long pids = Long.parseLong(
                    Files.readAllLines(Path.of("/proc/sys/kernel/pid_max")).get(0));
            long byPids = (pids - OTHER_PROCESSES) / PROCESSES_PER_VASSAL;
            return (int) Math.max(1, Math.min(facts.nofileHard() - OWN_DESCRIPTORS, byPids));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public HostFacts facts() {
        return facts;
    }

    @Override
    public JailBackend backend() {
        return backend;
    }

    @Override
    public Outputs outputs() {
        return outputs;
    }

    @Override
    public FileWatch fileWatch() {
        return fileWatch;
    }

    @Override
    public Moment now() {
        return new Moment(System.nanoTime());
    }

    @Override
    public List<String> leftovers() {
        return leftovers;
    }

    @Override
    public void rehearse(VassalSpec spec) {
        Launch launch = new Launch(new IncarnationId(spec.name(), NEVER_LAUNCHED), spec);
        try {
            sequence.rehearse(launch);
        } finally {
            if (launch.plan != null) {
                dismantling.dismantle(launch.plan);
            }
        }
    }

    @Override
    public void settle() {
        kernel.trimMemory();
    }

    @Override
    public void close() {
        backend.close();
        networks.close();
        namespaces.close();
        outputs.close();
        fileWatch.close();
        life.close();
        signals.close();
        spawner.close();
        cgroups.close();
    }
}
