package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/** A ppoll(2) whose set is said anew for each wait; unlike epoll it takes regular files too. One thread's. */
public final class Poll {
    public static final int IN = 1;
    public static final int OUT = 4;
    private static final int ENTRY = 8;
    private static final int MOST = 16;

    private final Kernel kernel;
    private final Memory entries = Memory.of(MOST * ENTRY);
    private int count;

    public Poll(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Begins another set. */
    public Poll clear() {
        count = 0;
        return this;
    }

    public Poll add(int descriptor, int events) {
        entries.bytes().putInt(count * ENTRY, descriptor).putInt(count * ENTRY + 4, events);
        count++;
        return this;
    }

    /** Waits until one of the set is ready, or that long; for ever if negative. */
    public void await(int milliseconds) {
        long result;
        do {
            result = kernel.call(Call.PPOLL, entries.address(), count, timeout(milliseconds), 0, 8, 0);
        } while (result == -Errno.EINTR.number()); // what the signal's handler wrote makes its pipe ready
        Kernel.check(result, Call.PPOLL, "");
    }

    private long timeout(int milliseconds) {
        if (milliseconds < 0) {
            return 0;
        }
        Memory time = kernel.struct();
        time.bytes().putLong(0, milliseconds / 1000).putLong(8, milliseconds % 1000 * 1_000_000L);
        return time.address();
    }

    /** Whether the descriptor is ready, hung up or wrong; false if it is not in the set. */
    public boolean isReady(int descriptor) {
        for (int i = 0; i < count; i++) {
            if (entries.bytes().getInt(i * ENTRY) == descriptor
                    && entries.bytes().getShort(i * ENTRY + 6) != 0) {
                return true;
            }
        }
        return false;
    }
}
