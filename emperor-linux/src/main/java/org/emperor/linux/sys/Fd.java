package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/** An open descriptor, close-on-exec from birth; closing twice is harmless. */
public final class Fd implements AutoCloseable {
    private final Kernel kernel;
    private int number;

    Fd(Kernel kernel, int number) {
        this.kernel = kernel;
        this.number = number;
    }

    public int number() {
        return number;
    }

    boolean isOpen() {
        return number >= 0;
    }

    @Override
    public void close() {
        if (number >= 0) {
            kernel.call(Call.CLOSE, number);
            number = -1;
        }
    }
}
