package org.emperor.linux;

import java.time.Duration;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emperor.jail.JailPlan;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Processes;
import org.emperor.linux.sys.SyscallException;
import org.emperor.realm.Moment;

/** Ends jails by all means there are: jail-init from the loop, cgroups on a launch thread, and launches on their way. */
final class Kills {
    private static final int SIGKILL = 9;
    private static final int SIGNAL_END = 64; // jail-init.c
    private static final Duration TIME_TO_END = Duration.ofMillis(500);

    private final Processes processes;
    private final Dismantling dismantling;
    private final LaunchThreads threads;
    private final NamespaceExchange namespaces;
    private final Supplier<Moment> clock;
    private final Queue<Runnable> results;
    private final Consumer<String> trouble;

    /**
     * @param results where a launch thread leaves what the loop is to do next
     * @param trouble is told what could not be done, on the loop's thread
     */
    Kills(
            Kernel kernel,
            LaunchThreads threads,
            NamespaceExchange namespaces,
            Supplier<Moment> clock,
            Queue<Runnable> results,
            Consumer<String> trouble) {
        this.processes = new Processes(kernel);
        this.dismantling = new Dismantling(kernel);
        this.threads = threads;
        this.namespaces = namespaces;
        this.clock = clock;
        this.results = results;
        this.trouble = trouble;
    }

    /**
     * Repeatable.
     *
     * @param alive whether its first process is not reaped yet
     */
    void kill(Launch launch, boolean alive) {
        if (launch.inFlight) {
            cancel(launch);
            return;
        }
        if (alive) {
            killInit(launch);
        }
        if (!launch.killing) { // one that still waits for its turn is enough
            launch.killing = true;
            threads.submit((slot, worker) -> killLeaves(launch));
        }
    }

    /**
     * Where neither a PID namespace nor a cgroup ends the rest of a jail, only jail-init finds it: that is told to end it,
     * and is killed only when it has not in its time.
     */
    private void killInit(Launch launch) {
        JailPlan plan = launch.plan;
        boolean needsInit = plan != null && plan.isResident() && !Dismantling.endsWhole(plan);
        processes.signalChild(launch.pid, needsInit && hasTimeToEnd(launch) ? SIGNAL_END : SIGKILL);
    }

    private boolean hasTimeToEnd(Launch launch) {
        Moment now = clock.get();
        Moment told = launch.toldToEnd;
        if (told == null) {
            launch.toldToEnd = now;
            return true;
        }
        return told.plus(TIME_TO_END).isAfter(now);
    }

    private void cancel(Launch launch) {
        LaunchThreads.Worker worker = launch.worker;
        if (launch.cancelled && worker != null && !threads.replace(worker)) { // it had a second since the first kill
            trouble.accept(LaunchThreads.NO_ROOM);
        }
        launch.cancelled = true;
        if (worker == null) {
            namespaces.cancel(launch.id);
        }
    }

    private void killLeaves(Launch launch) {
        launch.killing = false;
        JailPlan plan = launch.plan;
        if (plan == null) {
            return;
        }
        try {
            dismantling.kill(plan);
        } catch (SyscallException e) {
            results.add(() -> trouble.accept("cannot kill the cgroup of " + launch.id + ": " + e.getMessage()));
        }
    }
}
