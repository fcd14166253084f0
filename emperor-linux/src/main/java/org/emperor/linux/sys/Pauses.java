package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/** Short waits where no loop runs: at start-up, and on launch threads. */
public final class Pauses {
    private Pauses() {}

    /** Ten milliseconds, or less if a signal comes. */
    public static void briefly(Kernel kernel) {
        Memory time = kernel.struct();
        time.bytes().putLong(0, 0).putLong(8, 10_000_000);
        kernel.call(Call.PPOLL, 0, 0, time.address(), 0);
    }
}
