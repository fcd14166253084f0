package org.emperor.linux;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.linux.plan.LinuxPlanner;
import org.emperor.linux.sys.Errno;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Pauses;
import org.emperor.linux.sys.SyscallException;

/** The cgroup directories that hold all jails of this emperor, and what an earlier one left in them. */
final class CgroupTree {
    private static final int PATIENCE_MILLISECONDS = 5000;

    private final HostFiles files;
    private final Kernel kernel;
    private final Dismantling dismantling;
    private final String realmId;
    private final List<String> realms = new ArrayList<>();
    private LinuxFacts facts;

    CgroupTree(Kernel kernel, LinuxFacts facts, String realmId) {
        this.kernel = kernel;
        this.files = new HostFiles(kernel);
        this.dismantling = new Dismantling(kernel);
        this.facts = facts;
        this.realmId = realmId;
    }

    /** Makes the directories; the facts after that tell what really can be used. */
    LinuxFacts open() {
        if (!facts.cgroup2().isEmpty() && !makeRealm(facts.cgroup2())) {
            facts = facts.withoutCgroup2();
        }
        if (facts.cgroup2Pids() && !enablePids()) {
            facts = facts.withoutCgroup2Pids();
        }
        if (!facts.cgroup2Pids() && !facts.cgroup1Pids().isEmpty() && !makeRealm(facts.cgroup1Pids())) {
            facts = facts.withoutCgroup1Pids();
        }
        return facts;
    }

    private boolean makeRealm(String base) {
        String realm = LinuxPlanner.realmCgroup(base, realmId);
        try {
            files.makeDirectory(realm, 0755);
        } catch (SyscallException e) {
            if (!e.is(Errno.EEXIST)) {
                return false; // not root, not delegated or read-only: jails go without, and plans say so
            }
        }
        realms.add(realm);
        return true;
    }

    /** A cgroup whose children have controllers may not hold processes itself: the emperor moves aside first. */
    private boolean enablePids() {
        try {
            enable(facts.cgroup2());
        } catch (SyscallException e) {
            if (!e.is(Errno.EBUSY) || !moveAside()) {
                return false;
            }
        }
        try {
            enable(facts.cgroup2());
            enable(LinuxPlanner.realmCgroup(facts.cgroup2(), realmId));
            return true;
        } catch (SyscallException e) {
            return false;
        }
    }

    private boolean moveAside() {
        String aside = LinuxPlanner.realmCgroup(facts.cgroup2(), realmId) + ".self";
        try {
            files.makeDirectory(aside, 0755);
        } catch (SyscallException e) {
            if (!e.is(Errno.EEXIST)) {
                return false;
            }
        }
        try {
            files.write(
                    aside + "/cgroup.procs",
                    Long.toString(ProcessHandle.current().pid()));
            return true;
        } catch (SyscallException e) {
            return false;
        }
    }

    private void enable(String cgroup) {
        files.write(cgroup + "/cgroup.subtree_control", "+pids");
    }

    /** Kills and removes every jail in the directories; the names of those that were there. */
    List<String> endLeftovers() {
        List<String> found = realms.stream()
                .flatMap(realm -> leaves(realm).stream().map(name -> realm + "/" + name))
                .toList();
        found.forEach(dismantling::kill);
        long deadline = System.nanoTime() + PATIENCE_MILLISECONDS * 1_000_000L;
        return found.stream().map(leaf -> ended(leaf, deadline)).distinct().toList();
    }

    private static List<String> leaves(String realm) {
        String[] names = new File(realm).list((directory, name) -> new File(directory, name).isDirectory());
        return names == null ? List.of() : Stream.of(names).sorted().toList();
    }

    /**
     * Killed processes need a moment to be gone; this is before the loop runs, so it may wait for it. One that even SIGKILL
     * does not end, because it waits for a dead disk, must not keep all others from being reigned.
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
            throw new IllegalStateException(
                    "cannot end what an earlier emperor left in " + leaf + ": " + e.getMessage(), e);
        }
    }

    /** Removes the empty directories; vassals that outlive this emperor keep theirs. */
    void close() {
        for (String realm : realms) {
            leaves(realm).forEach(leaf -> removeIfEmpty(realm + "/" + leaf));
            removeIfEmpty(realm);
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
