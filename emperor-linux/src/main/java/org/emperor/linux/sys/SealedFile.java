package org.emperor.linux.sys;

import java.lang.ref.Reference;
import org.emperor.linux.plan.Call;

/** A memfd (memfd_create(2)) whose content nobody can change. */
final class SealedFile {
    static final int EXECUTABLE = 0x10; // MFD_EXEC
    private static final int CLOSE_ON_EXEC_ALLOW_SEALING = 1 | 2;
    private static final int ADD_SEALS = 1033;
    private static final int ALL_SEALS = 0xf;

    private SealedFile() {}

    static Fd of(Kernel kernel, String name, byte[] content, int flags) {
        Fd fd = create(kernel, name, flags);
        try {
            fill(kernel, fd, content);
            Kernel.check(kernel.call(Call.FCNTL, fd.number(), ADD_SEALS, ALL_SEALS), Call.FCNTL, "seals of " + name);
            return fd;
        } catch (SyscallException e) {
            fd.close();
            throw e;
        }
    }

    /** MFD_EXEC came with 6.3, and with it files that are not executable without; before, all were. */
    private static Fd create(Kernel kernel, String name, int flags) {
        long result = kernel.call(Call.MEMFD_CREATE, kernel.path(name), CLOSE_ON_EXEC_ALLOW_SEALING | flags);
        if (result == -Errno.EINVAL.number() && flags != 0) {
            return create(kernel, name, 0);
        }
        return new Fd(kernel, (int) Kernel.check(result, Call.MEMFD_CREATE, name));
    }

    private static void fill(Kernel kernel, Fd fd, byte[] content) {
        Memory memory = Memory.of(content.length);
        memory.bytes().put(0, content);
        try {
            long written = kernel.call(Call.WRITE, fd.number(), memory.address(), content.length);
            Kernel.check(written, Call.WRITE, "memfd");
        } finally {
            Reference.reachabilityFence(memory);
        }
    }
}
