package org.emperor.linux.sys;

import java.nio.ByteBuffer;
import org.emperor.linux.plan.Call;

/** Reads descriptors that do not block into one buffer; one thread's. */
public final class OutputReader {
    private static final int BUFFER = 65536;

    private final Kernel kernel;
    private final Memory buffer = Memory.of(BUFFER);

    public OutputReader(Kernel kernel) {
        this.kernel = kernel;
    }

    /** What there is, at most 64 KiB, valid until the next call; empty if there is nothing now or for ever. */
    public ByteBuffer read(int descriptor) {
        long length = kernel.call(Call.READ, descriptor, buffer.address(), BUFFER);
        return buffer.bytes()
                .duplicate()
                .position(0)
                .limit((int) Math.max(0, length))
                .slice();
    }
}
