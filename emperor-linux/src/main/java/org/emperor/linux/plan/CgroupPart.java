package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.jail.HostStep;
import org.emperor.jail.JailPlan;
import org.emperor.jail.Seat;
import org.emperor.spec.Options;
import org.emperor.spec.Program;
import org.emperor.spec.VassalSpec;

/**
 * The cgroups of one jail: a leaf in the v2 tree, and one in each v1 hierarchy that limits something. The limits are written
 * before the clone, so that no process of the jail is ever without them.
 */
public final class CgroupPart {
    private static final int AT_FDCWD = -100;
    private static final int O_WRONLY_CLOEXEC = 1 | 0x80000;

    private final LinuxFacts facts;
    private final Seat seat;
    private final Optional<CgroupSettings> settings;
    private final List<CgroupLimit> limits;
    private final Set<String> bases = new LinkedHashSet<>();

    CgroupPart(VassalSpec spec, LinuxFacts facts, Seat seat, JailSettings jail) {
        this.facts = facts;
        this.seat = seat;
        this.settings = jail.cgroups();
        this.limits = limits(spec, facts, jail);
        for (CgroupLimit limit : limits) {
            if (control(limit).by() == Control.By.LEGACY) {
                bases.add(control(limit).text());
            }
        }
    }

    static List<CgroupLimit> limits(VassalSpec spec, LinuxFacts facts, JailSettings jail) {
        if (spec.limits().pidsMax().isEmpty() && jail.cgroups().isEmpty()) {
            return List.of();
        }
        List<CgroupLimit> limits = new ArrayList<>();
        jail.cgroups().ifPresent(settings -> limits.addAll(settings.limits(facts.memory())));
        spec.limits().pidsMax().ifPresent(most -> {
            int resident =
                    spec.program().init() == Program.Init.RESIDENT ? 1 : 0; // jail-init is in the leaf too and counts
            int reforked = jail.unshare().has(Namespace.PID) ? 1 : 0; // and the one that is PID 1 beside it
            int standsBy = jail.hooks().has(HookPhase.AS_USER_ATEXIT) ? 1 : 0; // and what waits for the program's end
            CgroupFile file = new CgroupFile("pids.max", Long.toString(most + resident + reforked + standsBy));
            limits.add(CgroupLimit.of(Options.PIDS_MAX, Controller.PIDS, file));
        });
        return limits;
    }

    void prepare(List<HostStep> steps) {
        if (!facts.cgroup2().isEmpty()) {
            enableControllers(steps);
            steps.add(HostStep.directory(leaf(facts.cgroup2())));
            write(steps, facts.cgroup2(), Control.By.UNIFIED, "");
        }
        for (String base : bases) {
            makeLegacyLeaf(steps, base);
        }
        settings.ifPresent(it -> it.shared().forEach(directory -> share(steps, directory, it)));
    }

    /** Only once somebody asks for them: every leaf pays for the controllers of its parent. Repeating it does nothing. */
    private void enableControllers(List<HostStep> steps) {
        Set<String> words = new LinkedHashSet<>();
        for (CgroupLimit limit : limits) {
            if (control(limit).by() == Control.By.UNIFIED) {
                words.add("+" + limit.controller().word());
            }
        }
        if (!words.isEmpty()) {
            String file = LinuxPlanner.realmCgroup(facts.cgroup2(), seat.realmId()) + "/cgroup.subtree_control";
            steps.add(HostStep.write(file, String.join(" ", words)));
        }
    }

    /** In a cpuset nothing can run before both lists are set, in every directory from the top (cpuset(7)). */
    private void makeLegacyLeaf(List<HostStep> steps, String base) {
        String realm = LinuxPlanner.realmCgroup(base, seat.realmId());
        steps.add(HostStep.keptDirectory(realm, 0755));
        boolean isCpuset = facts.cgroups().control(Controller.CPUSET).equals(Control.legacy(base));
        if (isCpuset) {
            steps.add(HostStep.write(realm + "/cpuset.cpus", facts.cgroups().cpus()));
            steps.add(HostStep.write(realm + "/cpuset.mems", facts.cgroups().nodes()));
        }
        steps.add(HostStep.directory(leaf(base)));
        if (isCpuset) {
            writeUnlessLimited(steps, base, "cpuset.cpus", facts.cgroups().cpus());
            writeUnlessLimited(steps, base, "cpuset.mems", facts.cgroups().nodes());
        }
        write(steps, base, Control.By.LEGACY, base);
    }

    private void writeUnlessLimited(List<HostStep> steps, String base, String name, String text) {
        for (CgroupLimit limit : limits) {
            if (limit.controller() == Controller.CPUSET
                    && limit.legacy().get(0).name().equals(name)) {
                return;
            }
        }
        steps.add(HostStep.write(leaf(base) + "/" + name, text));
    }

    private void write(List<HostStep> steps, String base, Control.By by, String directory) {
        for (CgroupLimit limit : limits) {
            if (control(limit).by() == by && control(limit).text().equals(directory)) {
                for (CgroupFile file : limit.files(facts.cgroups())) {
                    steps.add(HostStep.write(leaf(base) + "/" + file.name(), file.text()));
                }
            }
        }
    }

    private void share(List<HostStep> steps, String directory, CgroupSettings given) {
        steps.add(HostStep.keptDirectory(directory, given.sharedMode()));
        for (CgroupFile file : given.sharedFiles()) {
            if (CgroupCheck.isIn(directory, file, facts.cgroups())) {
                steps.add(HostStep.write(directory + "/" + file.name(), file.text()));
            }
        }
    }

    void attach(List<HostStep> steps) {
        if (!facts.cgroup2().isEmpty() && bornIn().isEmpty()) {
            steps.add(HostStep.write(leaf(facts.cgroup2()) + "/cgroup.procs", HostStep.PID));
        }
    }

    /**
     * By jail-init itself, while it is one thread and before it becomes somebody else: for a thread that moves itself the
     * kernel waits for nobody, for a process moved from outside it waits milliseconds for all others
     * (cgroup_procs_write_start, kernel/cgroup/cgroup.c).
     */
    static void join(StepList steps, List<String> directories) {
        directories.forEach(directory -> join(steps, directory));
    }

    /** The directories of v1 hierarchies that jail-init joins. */
    List<String> joined() {
        List<String> directories = new ArrayList<>();
        for (String base : bases) {
            directories.add(leaf(base));
        }
        settings.ifPresent(it -> directories.addAll(it.shared()));
        return directories;
    }

    private static void join(StepList steps, String directory) {
        int tasks = steps.call(
                "open " + directory + "/tasks",
                Call.OPENAT,
                Argument.constant(AT_FDCWD, "AT_FDCWD"),
                Argument.path(directory + "/tasks"),
                Argument.constant(O_WRONLY_CLOEXEC, "O_WRONLY|O_CLOEXEC"),
                Argument.number(0));
        steps.call(
                "join cgroup " + directory,
                Call.WRITE,
                Argument.result(tasks, "tasks"),
                Argument.path("0"),
                Argument.number(1));
        steps.call("close tasks", Call.CLOSE, Argument.result(tasks, "tasks"));
    }

    /** The leaf the clone itself goes into, where there is a v2 tree and a kernel and sandbox that let it. */
    Optional<String> bornIn() {
        boolean possible = !facts.cgroup2().isEmpty() && facts.clone3() && facts.intoCgroup();
        return possible ? Optional.of(leaf(facts.cgroup2())) : Optional.empty();
    }

    /** Whether a cgroup is joined only after the clone; a cgroup namespace must then be made later still. */
    boolean joinsLate() {
        boolean shares = settings.isPresent() && !settings.get().shared().isEmpty();
        return !bases.isEmpty() || shares || (!facts.cgroup2().isEmpty() && bornIn().isEmpty());
    }

    private Control control(CgroupLimit limit) {
        return facts.cgroups().control(limit.controller());
    }

    private String leaf(String base) {
        return LinuxPlanner.realmCgroup(base, seat.realmId()) + "/" + seat.incarnation();
    }

    /**
     * The file in which the kernel counts whom of the plan's jail it has ended for lack of memory; empty if no memory cgroup
     * is the jail's own.
     */
    public static Optional<String> deathsByMemory(JailPlan plan) {
        String leaf = "";
        for (HostStep step : plan.prepare()) {
            leaf = step.kind() == HostStep.Kind.MAKE_DIRECTORY ? step.path() : leaf;
            if (step.kind() == HostStep.Kind.WRITE_FILE && step.path().startsWith(leaf + "/memory.")) {
                boolean legacy = step.path().endsWith("_in_bytes");
                return Optional.of(leaf + (legacy ? "/memory.oom_control" : "/memory.events"));
            }
        }
        return Optional.empty();
    }
}
