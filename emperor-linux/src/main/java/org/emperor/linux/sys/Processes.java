package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/** Signals to other processes. */
public final class Processes {
    private final Kernel kernel;

    public Processes(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Signals a child of this process that was not reaped yet. Only the loop reaps, and only the loop calls this, so the
     * pid cannot have become somebody else's. A dead child is no error.
     */
    public void signalChild(int pid, int signal) {
        kernel.call(Call.KILL, pid, signal);
    }

    /**
     * A descriptor that is readable once the process has ended. What was read of a pid since this was open, and before it was
     * readable, is of that one process.
     */
    public Fd watch(long pid) {
        return new Fd(kernel, (int) Kernel.check(kernel.call(Call.PIDFD_OPEN, pid, 0), Call.PIDFD_OPEN, "pid " + pid));
    }

    /** Sets a resource limit of a child; one that is above ours stays as it is, where raising it needs a right. */
    public void limit(int child, int resource, long soft, long hard) {
        Memory pair = kernel.struct();
        pair.bytes().putLong(0, soft).putLong(8, hard);
        kernel.call(Call.PRLIMIT64, child, resource, pair.address(), 0, 0, 0);
    }

    /** Kills a process that is not our child, if {@code still} says of it after its pidfd is open that it is the one. */
    public boolean killStranger(int pid, java.util.function.BooleanSupplier still) {
        long pidfd = kernel.call(Call.PIDFD_OPEN, pid, 0);
        if (pidfd < 0) {
            return false;
        }
        try (Fd fd = new Fd(kernel, (int) pidfd)) {
            return still.getAsBoolean() && kernel.call(Call.PIDFD_SEND_SIGNAL, fd.number(), 9, 0, 0) == 0;
        }
    }
}
