package org.emperor.linux;

import java.util.List;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.linux.plan.LinuxPlanner;
import org.emperor.linux.sys.ControlSocket;
import org.emperor.linux.sys.Errno;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Reaper;
import org.emperor.linux.sys.Spawner;
import org.emperor.linux.sys.SyscallException;
import org.emperor.realm.ExitStatus;

/**
 * Runs jail-init once without a plan, as every launch will: what the kernel's version promises a container engine's
 * seccomp filter or a mount option may forbid.
 */
final class TrialSpawn {
    private static final int NO_PLAN = 127;

    private final Kernel kernel;
    private final HostFiles files;
    private final Spawner spawner;
    private final Reaper reaper;
    private final String realmId;

    TrialSpawn(Kernel kernel, Spawner spawner, Reaper reaper, String realmId) {
        this.kernel = kernel;
        this.files = new HostFiles(kernel);
        this.spawner = spawner;
        this.reaper = reaper;
        this.realmId = realmId;
    }

    /**
     * @return the facts, corrected by what was seen
     * @throws IllegalStateException if no process can be made here at all
     */
    LinuxFacts correct(LinuxFacts facts) {
        if (!facts.clone3()) {
            spawner.useOldClone();
        }
        try {
            spawn(facts);
            return facts;
        } catch (SyscallException e) {
            if (facts.clone3() && e.is(Errno.ENOSYS)) {
                return correct(facts.withoutClone3());
            }
            if (facts.intoCgroup() && !facts.cgroup2().isEmpty()) {
                return correct(facts.withoutIntoCgroup());
            }
            throw new IllegalStateException("cannot launch anything on this host: " + e.getMessage(), e);
        }
    }

    private void spawn(LinuxFacts facts) {
        boolean born = facts.intoCgroup() && !facts.cgroup2().isEmpty();
        String leaf = born ? LinuxPlanner.realmCgroup(facts.cgroup2(), realmId) + "/trial" : "";
        Spawner.Slot slot = spawner.takeSlot();
        try {
            if (born) {
                files.makeDirectory(leaf, 0755);
            }
            run(slot, leaf);
        } finally {
            spawner.giveBack(slot);
            if (born) {
                files.removeDirectory(leaf);
            }
        }
    }

    private void run(Spawner.Slot slot, String leaf) {
        Spawner.Spawned spawned;
        try (ControlSocket control = new ControlSocket(kernel)) {
            spawned = spawn(slot, leaf, control);
        }
        ExitStatus status = reaper.await(spawned.pid());
        if (spawned.errno() != 0 || !status.isExit(NO_PLAN)) {
            String why = spawned.errno() != 0 ? Errno.text(spawned.errno()) : status.toString();
            throw new IllegalStateException("cannot run jail-init on this host: " + why);
        }
    }

    private Spawner.Spawned spawn(Spawner.Slot slot, String leaf, ControlSocket control) {
        List<String> argv = List.of("jail-init", realmId, "trial");
        if (leaf.isEmpty()) {
            return slot.spawn(0, -1, control.other(), argv);
        }
        try (Fd cgroup = files.open(leaf, HostFiles.READ)) {
            return slot.spawn(0, cgroup.number(), control.other(), argv);
        }
    }
}
