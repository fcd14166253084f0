package org.emperor.linux;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.emperor.jail.HostStep;
import org.emperor.jail.JailPlan;
import org.emperor.linux.sys.Errno;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Processes;
import org.emperor.linux.sys.SyscallException;

/** Removes what a plan made, in reverse; safe to repeat, and tells which cgroup still holds somebody. */
final class Dismantling {
    private final HostFiles files;
    private final Processes processes;

    Dismantling(Kernel kernel) {
        files = new HostFiles(kernel);
        processes = new Processes(kernel);
    }

    /** @return the first leaf that could not be removed yet, after everybody in it was killed */
    Optional<String> dismantle(JailPlan plan) {
        List<HostStep> made = new ArrayList<>(plan.prepare());
        Collections.reverse(made);
        Optional<String> left = Optional.empty();
        for (HostStep step : made) {
            if (step.kind() == HostStep.Kind.MAKE_DIRECTORY) {
                left = removeLeaf(step.path()) ? left : Optional.of(step.path());
            } else if (step.makes()) {
                files.removeFile(step.path());
            }
        }
        return left;
    }

    private boolean removeLeaf(String leaf) {
        try {
            files.removeDirectory(leaf);
            return true;
        } catch (SyscallException e) {
            if (!e.is(Errno.EBUSY)) {
                throw e;
            }
            kill(leaf);
            return removedNow(leaf);
        }
    }

    private boolean removedNow(String leaf) {
        try {
            files.removeDirectory(leaf);
            return true;
        } catch (SyscallException e) {
            return false;
        }
    }

    /** Kills all in a leaf: by cgroup.kill, racing forks included (5.14), or one by one where that is missing (v1). */
    void kill(String leaf) {
        try {
            files.write(leaf + "/cgroup.kill", "1");
        } catch (SyscallException e) {
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
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }

    private List<Integer> members(String leaf) {
        return files.read(leaf + "/cgroup.procs").lines().map(Integer::valueOf).toList();
    }
}
