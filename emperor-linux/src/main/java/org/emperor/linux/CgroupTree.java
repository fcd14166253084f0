package org.emperor.linux;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.emperor.linux.plan.Cgroups;
import org.emperor.linux.plan.Control;
import org.emperor.linux.plan.Controller;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.linux.plan.LinuxPlanner;
import org.emperor.linux.sys.Errno;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Pauses;
import org.emperor.linux.sys.SyscallException;
import org.jspecify.annotations.Nullable;

/** The cgroup directories that hold all jails of this emperor, and what an earlier one left in them. */
final class CgroupTree {
    private static final int PATIENCE_MILLISECONDS = 5000;

    private static final Map<String, Controller> OPTIONAL = Map.of(
            "memory.swap.max", Controller.MEMORY,
            "memory.oom.group", Controller.MEMORY,
            "cpu.max", Controller.CPU,
            "io.max", Controller.IO,
            "io.weight", Controller.IO,
            "io.bfq.weight", Controller.IO);

    private final HostFiles files;
    private final Kernel kernel;
    private final Dismantling dismantling;
    private final String realmId;
    private final List<String> realms = new ArrayList<>();
    private final LinuxFacts facts;

    /** Of the directory in the unified tree. */
    private @Nullable Fd lock;

    CgroupTree(Kernel kernel, LinuxFacts facts, String realmId) {
        this.kernel = kernel;
        this.files = new HostFiles(kernel);
        this.dismantling = new Dismantling(kernel);
        this.facts = facts;
        this.realmId = realmId;
    }

    /** Makes what all jails need; the facts after that tell what really can be used. */
    LinuxFacts open() {
        Cgroups cgroups = facts.cgroups();
        if (!cgroups.tree().isEmpty() && !makeRealm(cgroups.tree())) {
            cgroups = cgroups.withoutTree("the emperor may not make cgroups in " + cgroups.tree());
        }
        if (!cgroups.tree().isEmpty()) {
            cgroups = enableControllers(cgroups);
            cgroups = cgroups.withLacking(lacking(LinuxPlanner.realmCgroup(cgroups.tree(), realmId), cgroups));
        }
        for (Control control : cgroups.controls().values()) {
            String realm = LinuxPlanner.realmCgroup(control.text(), realmId);
            if (control.by() == Control.By.LEGACY && !realms.contains(realm)) {
                realms.add(realm); // the first launch that needs it makes it
            }
        }
        return facts.with(cgroups);
    }

    private boolean makeRealm(String base) {
        String realm = LinuxPlanner.realmCgroup(base, realmId);
        try {
            files.keepDirectory(realm, 0755);
        } catch (SyscallException e) {
            return false; // not root, not delegated or read-only: jails go without, and plans say so
        }
        realms.add(realm);
        lock(realm);
        return true;
    }

    /**
     * Whoever loses its state directory loses the lock in it, and still reigns: the next emperor there must not end its jails
     * as what an earlier one left.
     */
    private void lock(String realm) {
        Fd directory = files.open(realm, HostFiles.READ);
        if (!files.lock(directory)) {
            directory.close();
            throw new IllegalStateException("an emperor that lost its state directory still reigns in " + realm
                    + "; end it, or take another state directory");
        }
        lock = directory;
    }

    /** For the realm only: its leaves get a controller with the first plan that asks for it. */
    private Cgroups enableControllers(Cgroups cgroups) {
        if (cgroups.controls().values().stream().noneMatch(Control::isUnified)) {
            return cgroups;
        }
        String occupied = makeRoom(cgroups.tree());
        Cgroups enabled = cgroups;
        for (Controller controller : Controller.values()) {
            if (cgroups.control(controller).isUnified()) {
                String trouble = occupied.isEmpty() ? enable(cgroups.tree(), controller) : occupied;
                enabled = trouble.isEmpty()
                        ? enabled
                        : enabled.with(
                                controller,
                                Control.none("the " + controller.word() + " controller cannot be enabled: " + trouble));
            }
        }
        return enabled;
    }

    /**
     * Only the root of the tree, which has no type, may hold processes beside cgroups with controllers. Elsewhere some can be
     * enabled all the same: they turn the cgroup into one of threads, and its children can then hold no process at all
     * (cgroups(7), thread mode).
     *
     * @return why there is none, or empty text
     */
    private String makeRoom(String tree) {
        if (!new File(tree, "cgroup.type").exists()) {
            return "";
        }
        String self = Long.toString(ProcessHandle.current().pid());
        try {
            String members = files.readWhole(tree + "/cgroup.procs").strip();
            if (members.equals(self)) {
                String aside = LinuxPlanner.realmCgroup(tree, realmId) + ".self";
                files.keepDirectory(aside, 0755);
                files.write(aside + "/cgroup.procs", self);
            }
            return members.isEmpty() || members.equals(self) ? "" : "other processes are in " + tree;
        } catch (SyscallException e) {
            return e.getMessage() + "";
        }
    }

    private String enable(String tree, Controller controller) {
        try {
            files.write(tree + "/cgroup.subtree_control", "+" + controller.word());
            return "";
        } catch (SyscallException e) {
            return e.getMessage() + "";
        }
    }

    /** Files that kernels may leave out although they have the controller. */
    private static Set<String> lacking(String realm, Cgroups cgroups) {
        Set<String> lacking = new TreeSet<>();
        OPTIONAL.forEach((file, controller) -> {
            boolean here = cgroups.control(controller).isUnified();
            if (here && !new File(realm, file).exists()) {
                lacking.add(file);
            }
        });
        return lacking;
    }

    /** Kills and removes every jail in the directories; the names of those that were there. */
    List<String> endLeftovers() {
        List<String> found = realms.stream()
                .flatMap(realm -> leaves(realm).stream().map(name -> realm + "/" + name))
                .toList();
        found.forEach(this::kill);
        long deadline = System.nanoTime() + PATIENCE_MILLISECONDS * 1_000_000L;
        return found.stream().map(leaf -> ended(leaf, deadline)).distinct().toList();
    }

    private void kill(String leaf) {
        try {
            dismantling.kill(leaf);
        } catch (SyscallException e) {
            // removing it tries again, and tells
        }
    }

    private static List<String> leaves(String realm) {
        String[] names = new File(realm).list((directory, name) -> new File(directory, name).isDirectory());
        return names == null ? List.of() : Stream.of(names).sorted().toList();
    }

    /**
     * Killed processes need a moment to be gone; this is before the loop runs, so it may wait for it. One that even SIGKILL
     * does not end, because it waits for a dead disk, or a cgroup that cannot be removed, must not keep all others from being
     * reigned.
     */
    private String ended(String leaf, long deadline) {
        String name = leaf.substring(leaf.lastIndexOf('/') + 1);
        try {
            while (!dismantling.removeLeaf(leaf)) {
                if (System.nanoTime() > deadline) {
                    return name + ", which was killed and still stands in " + leaf;
                }
                Pauses.briefly(kernel);
            }
            return name;
        } catch (SyscallException e) {
            return name + ", which still stands in " + leaf + ": " + e.getMessage();
        }
    }

    /** Removes the empty directories; vassals that outlive this emperor keep theirs. */
    void close() {
        for (String realm : realms) {
            leaves(realm).forEach(leaf -> removeIfEmpty(realm + "/" + leaf));
            removeIfEmpty(realm);
        }
        if (lock != null) {
            lock.close();
        }
    }

    private void removeIfEmpty(String cgroup) {
        try {
            files.removeDirectory(cgroup);
        } catch (SyscallException e) {
            if (!e.is(Errno.EBUSY)) {
                throw e;
            }
        }
    }
}
