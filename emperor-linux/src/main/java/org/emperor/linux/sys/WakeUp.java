package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/** An eventfd(2): rung from any thread or signal handler, heard by one epoll or poll. */
public final class WakeUp implements AutoCloseable {
    private static final int NON_BLOCK_CLOSE_ON_EXEC = 0x800 | 0x80000;

    private final Kernel kernel;
    private final Fd event;

    public WakeUp(Kernel kernel) {
        this.kernel = kernel;
        long result = kernel.call(Call.EVENTFD2, 0, NON_BLOCK_CLOSE_ON_EXEC);
        this.event = new Fd(kernel, (int) Kernel.check(result, Call.EVENTFD2, ""));
    }

    public int number() {
        return event.number();
    }

    public void ring() {
        Memory one = kernel.struct();
        one.bytes().putLong(0, 1);
        kernel.call(Call.WRITE, event.number(), one.address(), 8);
    }

    public void clear() {
        Memory count = kernel.struct();
        kernel.call(Call.READ, event.number(), count.address(), 8);
    }

    @Override
    public void close() {
        event.close();
    }
}
