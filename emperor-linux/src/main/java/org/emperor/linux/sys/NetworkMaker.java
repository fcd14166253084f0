package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;
import org.emperor.linux.plan.Loopback;

/**
 * Makes network namespaces (network_namespaces(7)) on the thread that calls it, which is back in its own after each: a
 * thread left in one would keep it alive after its jail.
 */
public final class NetworkMaker implements AutoCloseable {
    private static final long CLONE_NEWNET = 0x40000000L;
    private static final String OF_THIS_THREAD = "/proc/thread-self/ns/net";

    private final Kernel kernel;
    private final HostFiles files;
    private final Fd home;

    /** @throws SyscallException if this thread's namespace cannot be held */
    public NetworkMaker(Kernel kernel) {
        this.kernel = kernel;
        this.files = new HostFiles(kernel);
        this.home = files.open(OF_THIS_THREAD, HostFiles.READ);
    }

    /**
     * A new namespace with loopback up.
     *
     * @throws SyscallException EPERM without CAP_SYS_ADMIN, ENOSPC at user.max_net_namespaces, and whatever else the kernel
     *     refuses; the thread is in its own namespace then too
     */
    public Fd make() {
        Kernel.check(kernel.call(Call.UNSHARE, CLONE_NEWNET), Call.UNSHARE, "CLONE_NEWNET");
        try {
            raiseLoopback();
            return files.open(OF_THIS_THREAD, HostFiles.READ);
        } finally {
            Kernel.check(kernel.call(Call.SETNS, home.number(), CLONE_NEWNET), Call.SETNS, "CLONE_NEWNET");
        }
    }

    private void raiseLoopback() {
        long result = kernel.call(Call.SOCKET, Loopback.AF_INET, Loopback.SOCK_DGRAM_CLOEXEC, 0);
        try (Fd socket = new Fd(kernel, (int) Kernel.check(result, Call.SOCKET, "AF_INET"))) {
            Memory request = kernel.struct();
            request.bytes().put(0, Loopback.request());
            long raised = kernel.call(Call.IOCTL, socket.number(), Loopback.SIOCSIFFLAGS, request.address());
            Kernel.check(raised, Call.IOCTL, "lo");
        }
    }

    @Override
    public void close() {
        home.close();
    }
}
