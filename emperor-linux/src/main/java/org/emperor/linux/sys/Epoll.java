package org.emperor.linux.sys;

import java.util.function.IntConsumer;
import org.emperor.linux.plan.Call;

/** An epoll(7) set, level-triggered; tells descriptors by number. Adding and removing is safe from any thread. */
public final class Epoll implements AutoCloseable {
    private static final int ADD = 1;
    private static final int REMOVE = 2;
    private static final int IN = 1;
    private static final int PRIORITY = 2;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int MOST = 256;

    private final Kernel kernel;
    private final Fd epoll;
    private final int entry;
    private final Memory events;

    public Epoll(Kernel kernel) {
        this.kernel = kernel;
        long result = kernel.call(Call.EPOLL_CREATE1, CLOSE_ON_EXEC);
        this.epoll = new Fd(kernel, (int) Kernel.check(result, Call.EPOLL_CREATE1, ""));
        // struct epoll_event is packed on x86-64 only
        this.entry = kernel.arch() == org.emperor.linux.plan.Arch.X86_64 ? 12 : 16;
        this.events = Memory.of(MOST * entry);
    }

    /** Watches for input. */
    public void add(int descriptor) {
        control(ADD, descriptor, IN);
    }

    /** Watches a kernel file for its notes of change. */
    public void addNotes(int descriptor) {
        control(ADD, descriptor, PRIORITY);
    }

    /** Stops watching; closing a descriptor does the same. */
    public void remove(int descriptor) {
        control(REMOVE, descriptor, 0);
    }

    private void control(int operation, int descriptor, int interest) {
        Memory event = kernel.struct();
        event.bytes().putInt(0, interest).putLong(entry - 8, descriptor);
        long result = kernel.call(Call.EPOLL_CTL, epoll.number(), operation, descriptor, event.address());
        Kernel.check(result, Call.EPOLL_CTL, "descriptor " + descriptor);
    }

    /**
     * Waits at most that many milliseconds, for ever if negative.
     *
     * @param ready told each descriptor that has input or has hung up
     */
    public void await(int milliseconds, IntConsumer ready) {
        long count = poll(milliseconds);
        while (count == -Errno.EINTR.number()) {
            count = poll(0); // what the signal's handler wrote is there to be read
        }
        Kernel.check(count, Call.EPOLL_PWAIT, "");
        for (int i = 0; i < count; i++) {
            ready.accept((int) events.bytes().getLong(i * entry + entry - 8));
        }
    }

    private long poll(int milliseconds) {
        return kernel.call(Call.EPOLL_PWAIT, epoll.number(), events.address(), MOST, milliseconds, 0, 8);
    }

    @Override
    public void close() {
        epoll.close();
    }
}
