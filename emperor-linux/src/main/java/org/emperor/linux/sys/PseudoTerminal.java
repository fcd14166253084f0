package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/**
 * A pseudoterminal of the host (pty(7)). Not one of the jail's own devpts: a jail need not have any, and nothing that it
 * mounted is then trusted with what an operator types.
 */
public final class PseudoTerminal implements AutoCloseable {
    private static final int TIOCSPTLCK = 0x40045431;
    private static final int TIOCGPTPEER = 0x5441;
    private static final int NO_CONTROLLING_TERMINAL = 0x100; // O_NOCTTY
    private static final int CLOSE_ON_EXEC = 0x80000;

    private final Fd near;
    private final Fd far;

    public PseudoTerminal(Kernel kernel) {
        int flags = HostFiles.READ_WRITE | NO_CONTROLLING_TERMINAL;
        near = new HostFiles(kernel).open("/dev/ptmx", flags | HostFiles.NON_BLOCK);
        Memory unlocked = kernel.struct();
        unlocked.bytes().putInt(0, 0);
        long result = kernel.call(Call.IOCTL, near.number(), TIOCSPTLCK, unlocked.address());
        Kernel.check(result, Call.IOCTL, "TIOCSPTLCK");
        long peer = kernel.call(Call.IOCTL, near.number(), TIOCGPTPEER, flags | CLOSE_ON_EXEC);
        far = new Fd(kernel, (int) Kernel.check(peer, Call.IOCTL, "TIOCGPTPEER"));
    }

    /** Where what is typed goes in, and what is shown comes out; never blocks. */
    public Fd near() {
        return near;
    }

    /** The terminal as programs have it. */
    public Fd far() {
        return far;
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }
}
