package org.emperor.linux.sys;

import java.util.Optional;
import org.emperor.linux.plan.Call;

/** What a terminal is told and asked (termios(3), ioctl_tty(2)); the layouts are those of asm-generic, for both our machines. */
public final class Terminal {
    private static final int TCGETS = 0x5401;
    private static final int TCSETSW = 0x5403;
    private static final int TIOCGWINSZ = 0x5413;
    private static final int TIOCSWINSZ = 0x5414;
    private static final int SETTINGS = 36;

    /** IGNBRK BRKINT PARMRK ISTRIP INLCR IGNCR ICRNL IXON, as cfmakeraw(3) does. */
    private static final int INPUT = 1 | 2 | 8 | 0x20 | 0x40 | 0x80 | 0x100 | 0x400;

    private static final int OPOST = 1;
    private static final int CSIZE_PARENB = 0x30 | 0x100;
    private static final int CS8 = 0x30;

    /** ISIG ICANON ECHO ECHONL IEXTEN. */
    private static final int LOCAL = 1 | 2 | 8 | 0x40 | 0x8000;

    private static final int VTIME = 17 + 5;
    private static final int VMIN = 17 + 6;

    private final Kernel kernel;
    private final int descriptor;
    private final byte[] settings;

    private Terminal(Kernel kernel, int descriptor, byte[] settings) {
        this.kernel = kernel;
        this.descriptor = descriptor;
        this.settings = settings;
    }

    /** The terminal of a descriptor with its settings as they are now; empty if it is none. */
    public static Optional<Terminal> of(Kernel kernel, int descriptor) {
        Memory block = kernel.struct();
        if (kernel.call(Call.IOCTL, descriptor, TCGETS, block.address()) < 0) {
            return Optional.empty();
        }
        byte[] settings = new byte[SETTINGS];
        block.bytes().get(0, settings);
        return Optional.of(new Terminal(kernel, descriptor, settings));
    }

    /** Passes every byte on as it is; {@link #restore} undoes it. */
    public void makeRaw() {
        Memory raw = kernel.struct();
        raw.bytes().put(0, settings);
        raw.bytes().putInt(0, raw.bytes().getInt(0) & ~INPUT);
        raw.bytes().putInt(4, raw.bytes().getInt(4) & ~OPOST);
        raw.bytes().putInt(8, (raw.bytes().getInt(8) & ~CSIZE_PARENB) | CS8);
        raw.bytes().putInt(12, raw.bytes().getInt(12) & ~LOCAL);
        raw.bytes().put(VTIME, (byte) 0).put(VMIN, (byte) 1);
        kernel.call(Call.IOCTL, descriptor, TCSETSW, raw.address());
    }

    public void restore() {
        giveSettingsTo(descriptor);
    }

    /** Makes another terminal as this one was when it was asked. */
    public void giveSettingsTo(int other) {
        Memory block = kernel.struct();
        block.bytes().put(0, settings);
        kernel.call(Call.IOCTL, other, TCSETSW, block.address());
    }

    /** Gives another terminal the size of this one's window; its foreground programs are told (SIGWINCH). */
    public void giveSizeTo(int other) {
        Memory window = kernel.struct();
        window.bytes().putLong(0, 0);
        if (kernel.call(Call.IOCTL, descriptor, TIOCGWINSZ, window.address()) == 0) {
            kernel.call(Call.IOCTL, other, TIOCSWINSZ, window.address());
        }
    }
}
