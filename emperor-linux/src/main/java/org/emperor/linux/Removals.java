package org.emperor.linux;

import java.util.Optional;
import java.util.Queue;
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
    private final Heir heir;

    /** Who is told, on the loop's thread. */
    interface Heir {
        /** Nothing is left of it. */
        void removed(Launch launch);

        void trouble(String what);
    }

    /**
     * @param results where a launch thread leaves what the loop is to do next
     */
    Removals(
            Kernel kernel,
            Wires wires,
            NamespaceExchange namespaces,
            LaunchThreads threads,
            Epoll epoll,
            Queue<Runnable> results,
            WakeUp bell,
            Heir heir) {
        this.dismantling = new Dismantling(kernel);
        this.wires = wires;
        this.namespaces = namespaces;
        this.threads = threads;
        this.leaves = new LeafNotes(new HostFiles(kernel), epoll);
        this.results = results;
        this.bell = bell;
        this.heir = heir;
    }

    /**
     * Repeatable: what was not possible is tried anew. A removal that is not over yet is not asked for twice, but a thread that
     * is stuck in it is replaced: each of a few more attempts would take another thread with it.
     */
    void begin(Launch launch) {
        JailPlan plan = launch.plan;
        if (plan == null) {
            over(launch);
        } else if (launch.removing) {
            replaceStuck(launch);
        } else {
            namespaces.withdraw(launch.id, () -> threads.submit((slot, worker) -> remove(launch, plan, worker)));
            launch.removing = true;
        }
    }

    private void replaceStuck(Launch launch) {
        LaunchThreads.Worker stuck = launch.remover;
        if (stuck != null && !threads.replace(stuck)) {
            heir.trouble(LaunchThreads.NO_ROOM);
        }
    }

    private void remove(Launch launch, JailPlan plan, LaunchThreads.Worker worker) {
        launch.remover = worker;
        Runnable next = () -> heir.trouble("cannot dismantle " + launch.id + ": a defect of the emperor, see above");
        try {
            wires.remove(launch);
            launch.oomKills = Math.max(launch.oomKills, dismantling.oomKills(plan, launch.launched));
            Optional<String> left = dismantling.dismantle(plan);
            next = () -> left.ifPresentOrElse(leaf -> waitFor(launch, leaf), () -> over(launch));
        } catch (SyscallException e) {
            next = () -> heir.trouble("cannot dismantle " + launch.id + ": " + e.getMessage());
        } finally {
            launch.remover = null;
            Runnable result = next;
            results.add(() -> {
                launch.removing = false;
                result.run();
            });
            bell.ring();
        }
    }

    private void over(Launch launch) {
        leaves.forget(launch);
        heir.removed(launch);
    }

    private void waitFor(Launch launch, String leaf) {
        try {
            if (leaves.watch(launch, leaf)) {
                begin(launch);
            }
        } catch (SyscallException e) {
            heir.trouble("cannot wait for " + leaf + ": " + e.getMessage());
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
