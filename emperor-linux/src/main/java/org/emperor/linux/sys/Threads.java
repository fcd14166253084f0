package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/** Starts threads where the host may have no room for one more: that is a refusal as any other, and not the JVM's end. */
public final class Threads {
    private Threads() {}

    /** @throws SyscallException if it cannot be started now */
    public static void start(Thread thread) {
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) { // how the JVM tells of EAGAIN, pthread_create(3)
            throw new SyscallException(Call.CLONE, "thread " + thread.getName(), Errno.EAGAIN.number());
        }
    }
}
