package org.emperor.linux;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emperor.jail.HostStep;
import org.emperor.jail.JailPlan;
import org.emperor.linux.plan.CgroupPart;
import org.emperor.linux.plan.Namespace;
import org.emperor.linux.sys.Errno;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Processes;
import org.emperor.linux.sys.SyscallException;

/** Removes what a plan made; safe to repeat, and tells which cgroup still holds somebody. */
final class Dismantling {
    private final HostFiles files;
    private final Processes processes;

    Dismantling(Kernel kernel) {
        files = new HostFiles(kernel);
        processes = new Processes(kernel);
    }

    /** Whether killing jail-init and the plan's cgroups ends everybody in the jail. */
    static boolean endsWhole(JailPlan plan) {
        return (plan.cloneFlags() & Namespace.PID.flag()) != 0
                || leaves(plan).findAny().isPresent();
    }

    private static Stream<String> leaves(JailPlan plan) {
        return plan.prepare().stream()
                .filter(step -> step.kind() == HostStep.Kind.MAKE_DIRECTORY)
                .map(HostStep::path);
    }

    /** Kills everybody in the plan's cgroups. */
    void kill(JailPlan plan) {
        leaves(plan).forEach(this::kill);
    }

    /**
     * How many of the jail's processes the kernel has killed for lack of memory; 0 once its cgroup is removed. A jail-init
     * that was born where it has no room to begin fails without being killed: then a lack of memory counts for itself.
     */
    long oomKills(JailPlan plan, boolean launched) {
        Optional<String> file = CgroupPart.deathsByMemory(plan);
        if (file.isEmpty()) {
            return 0;
        }
        try {
            String text = files.read(file.get());
            long kills = number(text, "oom_kill ");
            return kills == 0 && !launched ? Math.min(1, number(text, "oom ")) : kills;
        } catch (SyscallException e) {
            return 0; // never made, or removed already
        }
    }

    /** Of {@code oom_kill 1}, a line of memory.events, or of memory.oom_control since 4.13. */
    private static long number(String text, String name) {
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.substring(name.length()));
            }
        }
        return 0;
    }

    /**
     * The leaf of the v2 tree, which is made first, is tried first: it tells when it has become empty, and the same moment
     * all others are.
     *
     * @return the first leaf that could not be removed yet, after everybody in it was killed
     */
    Optional<String> dismantle(JailPlan plan) {
        List<SyscallException> failures = new ArrayList<>();
        Optional<String> left = Optional.empty();
        for (HostStep step : plan.prepare()) {
            try {
                left = isRemoved(step) || left.isPresent() ? left : Optional.of(step.path());
            } catch (SyscallException failure) {
                failures.add(failure); // what can be removed is removed all the same
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return left;
    }

    private boolean isRemoved(HostStep step) {
        if (step.kind() == HostStep.Kind.MAKE_DIRECTORY) {
            return removeLeaf(step.path());
        }
        if (step.makes()) {
            files.removeFile(step.path());
        }
        return true;
    }

    /** Kills who is in a leaf and removes it; false if they are not gone yet. */
    boolean removeLeaf(String leaf) {
        if (removed(leaf)) {
            return true;
        }
        kill(leaf);
        return removedWhole(leaf);
    }

    /** With the cgroups that a program has made below its own, as container engines and nested emperors do. */
    private boolean removedWhole(String cgroup) {
        for (String below : below(cgroup)) {
            if (!removed(below)) {
                kill(below); // of v1, where killing does not go down the tree
                removedWhole(below);
            }
        }
        return removed(cgroup);
    }

    private static List<String> below(String cgroup) {
        File[] directories = new File(cgroup).listFiles(File::isDirectory);
        return directories == null
                ? List.of()
                : Stream.of(directories).map(File::getPath).toList();
    }

    private boolean removed(String cgroup) {
        try {
            files.removeDirectory(cgroup);
            return true;
        } catch (SyscallException e) {
            if (!e.is(Errno.EBUSY)) {
                throw e;
            }
            return false;
        }
    }

    /** Kills all in a leaf: by cgroup.kill, racing forks included (5.14), or one by one where that is missing (v1). */
    void kill(String leaf) {
        try {
            files.write(leaf + "/cgroup.kill", "1");
        } catch (SyscallException e) {
            if (e.is(Errno.ENODEV) || e.is(Errno.EOPNOTSUPP)) {
                return; // removed meanwhile; or made for threads alone, which end with the processes of the one above
            }
            if (!e.is(Errno.ENOENT) && !e.is(Errno.EACCES) && !e.is(Errno.EPERM)) {
                throw e;
            }
            killOneByOne(leaf);
        }
    }

    private void killOneByOne(String leaf) {
        try {
            members(leaf)
                    .forEach(pid ->
                            processes.killStranger(pid, () -> members(leaf).contains(pid)));
        } catch (SyscallException e) {
            if (!e.is(Errno.ENOENT) && !e.is(Errno.ENODEV)) {
                throw e;
            }
        }
    }

    private Set<Integer> members(String leaf) {
        return files.readWhole(leaf + "/cgroup.procs")
                .lines()
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }
}
