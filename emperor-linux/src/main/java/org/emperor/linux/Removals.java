package org.emperor.linux;

import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.emperor.jail.JailPlan;
import org.emperor.linux.sys.Epoll;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.SyscallException;
import org.emperor.linux.sys.WakeUp;

/**
 * Removes, on launch threads, what remains of jails that have ended. Where somebody is still in a leaf, the kernel's note of
 * its emptiness is waited for and it is tried again. The loop's, but for what the launch threads run.
 */
final class Removals {
    private final Dismantling dismantling;
    private final Wires wires;
    private final NamespaceExchange namespaces;
    private final LaunchThreads threads;
    private final LeafNotes leaves;
    private final Queue<Runnable> results;
    private final WakeUp bell;
    private final Consumer<Launch> removed;

    /**
     * @param results where a launch thread leaves what the loop is to do next
     * @param removed is told on the loop's thread that nothing is left
     */
    Removals(
            Kernel kernel,
            Wires wires,
            NamespaceExchange namespaces,
            LaunchThreads threads,
            Epoll epoll,
            Queue<Runnable> results,
            WakeUp bell,
            Consumer<Launch> removed) {
        this.dismantling = new Dismantling(kernel);
        this.wires = wires;
        this.namespaces = namespaces;
        this.threads = threads;
        this.leaves = new LeafNotes(new HostFiles(kernel), epoll);
        this.results = results;
        this.bell = bell;
        this.removed = removed;
    }

    /** Repeatable: what was stuck or not possible is tried anew. */
    void begin(Launch launch) {
        JailPlan plan = launch.plan;
        if (plan == null) {
            over(launch);
        } else {
            namespaces.withdraw(launch.id, () -> threads.submit((slot, worker) -> remove(launch, plan)));
        }
    }

    private void remove(Launch launch, JailPlan plan) {
        try {
            wires.remove(launch);
            launch.oomKills = Math.max(launch.oomKills, dismantling.oomKills(plan, launch.launched));
            Optional<String> left = dismantling.dismantle(plan);
            results.add(() -> left.ifPresentOrElse(leaf -> waitFor(launch, leaf), () -> over(launch)));
        } catch (RuntimeException e) {
            results.add(() -> LinuxBackend.defect("cannot dismantle " + launch.id + ": " + e.getMessage()));
        }
        bell.ring();
    }

    private void over(Launch launch) {
        leaves.forget(launch);
        removed.accept(launch);
    }

    private void waitFor(Launch launch, String leaf) {
        try {
            if (leaves.watch(launch, leaf)) {
                begin(launch);
            }
        } catch (SyscallException e) {
            LinuxBackend.defect("cannot wait for " + leaf + ": " + e.getMessage());
        }
    }

    /** A descriptor is ready that may tell of a leaf. */
    void told(int descriptor) {
        leaves.told(descriptor).ifPresent(this::begin);
    }

    void close() {
        leaves.close();
    }
}
