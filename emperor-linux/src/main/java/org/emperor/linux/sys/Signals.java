package org.emperor.linux.sys;

import java.util.Map;
import org.emperor.linux.plan.Call;
import org.emperor.spec.Signal;

/** Signals of this process as notes that the loop reads, and the numbers of those sent to others (signal(7)). */
public final class Signals implements AutoCloseable {
    private static final Map<Signal, Integer> NUMBERS = Map.ofEntries(
            Map.entry(Signal.HUP, 1),
            Map.entry(Signal.INT, 2),
            Map.entry(Signal.QUIT, 3),
            Map.entry(Signal.ABRT, 6),
            Map.entry(Signal.KILL, 9),
            Map.entry(Signal.USR1, 10),
            Map.entry(Signal.USR2, 12),
            Map.entry(Signal.ALRM, 14),
            Map.entry(Signal.TERM, 15),
            Map.entry(Signal.CONT, 18),
            Map.entry(Signal.STOP, 19),
            Map.entry(Signal.TSTP, 20),
            Map.entry(Signal.TTIN, 21),
            Map.entry(Signal.TTOU, 22),
            Map.entry(Signal.URG, 23),
            Map.entry(Signal.WINCH, 28));
    private static final int NOTE = 16;
    private static final int MOST = 64;

    private final Kernel kernel;
    private final Pipe notes;
    private final WakeUp children;
    private final Memory buffer = Memory.of(NOTE * MOST);

    /** Takes over the process's handlers; the JVM must run with {@code -Xrs}. The caller's thread becomes the loop. */
    public Signals(Kernel kernel) {
        this.kernel = kernel;
        this.notes = Pipe.nonBlocking(kernel);
        this.children = new WakeUp(kernel);
        kernel.catchSignals(notes.writeEnd().number(), children.number());
    }

    /** Readable when a signal came. */
    public int descriptor() {
        return notes.readEnd().number();
    }

    /** Rung when a child may have ended. */
    public WakeUp children() {
        return children;
    }

    public void read(Receiver receiver) {
        long length = kernel.call(Call.READ, descriptor(), buffer.address(), buffer.length());
        for (int at = 0; at + NOTE <= length; at += NOTE) {
            int number = buffer.bytes().getInt(at);
            int pid = buffer.bytes().getInt(at + 4);
            int uid = buffer.bytes().getInt(at + 8);
            NUMBERS.forEach((signal, known) -> {
                if (known == number) {
                    receiver.signal(signal, pid, uid);
                }
            });
        }
    }

    public static int number(Signal signal) {
        return NUMBERS.getOrDefault(signal, 15);
    }

    @Override
    public void close() {
        kernel.catchSignals(-1, -1);
        notes.close();
        children.close();
    }

    /** Who is told of a signal and its sender, 0 and 0 if the kernel does not say. */
    public interface Receiver {
        void signal(Signal signal, int senderPid, int senderUid);
    }
}
