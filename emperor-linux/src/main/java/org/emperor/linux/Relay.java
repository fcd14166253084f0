package org.emperor.linux;

import java.util.Optional;
import org.emperor.linux.sys.ByteStream;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.Poll;
import org.emperor.linux.sys.PseudoTerminal;
import org.emperor.linux.sys.Terminal;

/** Between the caller's terminal and the one a visit has: what is typed, what is shown, and how large the window is. */
final class Relay implements AutoCloseable {
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final byte END_OF_FILE = 4; // Ctrl-D, as a new terminal has it

    private final PseudoTerminal terminal;
    private final ByteStream typed;
    private final ByteStream shown;
    private final Optional<Terminal> input;
    private final Optional<Terminal> window;
    private boolean raw;
    private boolean ended;
    private boolean hungUp;

    /** @param owner the user on this host that may reopen the terminal */
    Relay(Kernel kernel, int owner) {
        terminal = new PseudoTerminal(kernel);
        int near = terminal.near().number();
        int far = terminal.far().number();
        typed = new ByteStream(kernel, INPUT, near);
        shown = new ByteStream(kernel, near, OUTPUT);
        input = Terminal.of(kernel, INPUT);
        window = input.or(() -> Terminal.of(kernel, OUTPUT));
        new HostFiles(kernel).changeOwner("/proc/self/fd/" + far, owner, -1);
        input.ifPresent(it -> it.giveSettingsTo(far));
        resize();
    }

    /** The terminal as the visit's program has it. */
    Fd far() {
        return terminal.far();
    }

    void resize() {
        window.ifPresent(it -> it.giveSizeTo(terminal.near().number()));
    }

    /** From here on each key goes inside as it is, Ctrl-C too. */
    void begin() {
        terminal.far().close();
        input.ifPresent(Terminal::makeRaw);
        raw = true;
    }

    void await(Poll poll) {
        if (!hungUp) {
            typed.await(poll);
            shown.await(poll);
        }
    }

    void move(Poll poll) {
        if (hungUp) {
            return;
        }
        typed.move(poll);
        shown.move(poll);
        if (typed.hasEnded() && !ended) {
            ended = true;
            typed.last(END_OF_FILE);
        }
        if (shown.isRefused()) { // nobody looks any more
            hangUp();
        }
    }

    /** As when a line is cut: its programs get SIGHUP from the kernel. */
    void hangUp() {
        hungUp = true;
        terminal.near().close();
    }

    /** The visit has ended: what it has said last is shown, and the caller's terminal is as it was. */
    void finish() {
        while (!hungUp && shown.put() && shown.take()) {
            shown.put();
        }
        restore();
    }

    private void restore() {
        if (raw) {
            raw = false;
            input.ifPresent(Terminal::restore);
        }
    }

    @Override
    public void close() {
        restore();
        terminal.close();
    }
}
