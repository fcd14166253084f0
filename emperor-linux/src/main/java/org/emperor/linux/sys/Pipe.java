package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/** Both ends of a pipe(7). */
public final class Pipe implements AutoCloseable {
    private static final int NON_BLOCK = 0x800;
    private static final int CLOSE_ON_EXEC = 0x80000;

    private final Fd readEnd;
    private final Fd writeEnd;

    private Pipe(Kernel kernel, int flags) {
        Memory pair = kernel.struct();
        Kernel.check(kernel.call(Call.PIPE2, pair.address(), flags | CLOSE_ON_EXEC), Call.PIPE2, "");
        readEnd = new Fd(kernel, pair.bytes().getInt(0));
        writeEnd = new Fd(kernel, pair.bytes().getInt(4));
    }

    public static Pipe blocking(Kernel kernel) {
        return new Pipe(kernel, 0);
    }

    static Pipe nonBlocking(Kernel kernel) {
        return new Pipe(kernel, NON_BLOCK);
    }

    public Fd readEnd() {
        return readEnd;
    }

    public Fd writeEnd() {
        return writeEnd;
    }

    @Override
    public void close() {
        readEnd.close();
        writeEnd.close();
    }
}
