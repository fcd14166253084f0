package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;
import org.emperor.realm.ExitStatus;

/** The one place that collects exits (waitid(2)) and makes this process a subreaper. */
public final class Reaper {
    private static final int ALL = 0;
    private static final int ONE = 1;
    private static final int NO_HANG = 1;
    private static final int EXITED = 4;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int CLD_EXITED = 1;
    private static final int CLD_DUMPED = 3;

    private final Kernel kernel;
    private final Memory info = Memory.of(128); // siginfo_t: code at 8, pid at 16, status at 24

    public Reaper(Kernel kernel) {
        this.kernel = kernel;
        Kernel.check(kernel.call(Call.PRCTL, PR_SET_CHILD_SUBREAPER, 1), Call.PRCTL, "PR_SET_CHILD_SUBREAPER");
    }

    /** Collects everybody who is dead now. Never WNOWAIT: it would return the same child for ever. */
    public void reapAll(Receiver receiver) {
        while (true) {
            info.bytes().putInt(16, 0);
            long result = kernel.call(Call.WAITID, ALL, 0, info.address(), NO_HANG | EXITED);
            int pid = info.bytes().getInt(16);
            if (result < 0 || pid == 0) {
                return;
            }
            receiver.reaped(pid, status(info.bytes().getInt(8), info.bytes().getInt(24)));
        }
    }

    /** Waits for one child that is about to end; for the trial at start, before the loop runs. */
    public ExitStatus await(int pid) {
        long result = kernel.call(Call.WAITID, ONE, pid, info.address(), EXITED);
        Kernel.check(result, Call.WAITID, "pid " + pid);
        return status(info.bytes().getInt(8), info.bytes().getInt(24));
    }

    /** What waitid(2) says in si_code and si_status. */
    public static ExitStatus status(int code, int status) {
        return code == CLD_EXITED ? ExitStatus.exited(status) : ExitStatus.signaled(status, code == CLD_DUMPED);
    }

    /** Who is told of each exit. */
    public interface Receiver {
        void reaped(int pid, ExitStatus status);
    }
}
