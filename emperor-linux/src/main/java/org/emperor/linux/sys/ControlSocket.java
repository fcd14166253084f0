package org.emperor.linux.sys;

import java.util.List;
import java.util.Optional;
import org.emperor.linux.plan.Call;

/**
 * The emperor's end of the socket to one jail-init, from before the clone until the program runs: a plan with its
 * descriptors goes out, reports come in. Never blocks.
 */
public final class ControlSocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SEQPACKET_CLOSE_ON_EXEC = 5 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PASSCRED = 16;
    private static final int SCM_RIGHTS = 1;
    private static final int SCM_CREDENTIALS = 2;
    private static final int NO_SIGNAL_DO_NOT_WAIT = 0x4000 | 0x40;
    private static final int DO_NOT_WAIT = 0x40;
    private static final int REPORT = 16;

    private final Kernel kernel;
    private final Fd own;
    private final Fd other;

    public ControlSocket(Kernel kernel) {
        this.kernel = kernel;
        Memory pair = kernel.struct();
        long result = kernel.call(Call.SOCKETPAIR, AF_UNIX, SEQPACKET_CLOSE_ON_EXEC, 0, pair.address());
        Kernel.check(result, Call.SOCKETPAIR, "");
        own = new Fd(kernel, pair.bytes().getInt(0));
        other = new Fd(kernel, pair.bytes().getInt(4));
        Memory on = kernel.struct();
        on.bytes().putInt(0, 1);
        kernel.call(Call.SETSOCKOPT, own.number(), SOL_SOCKET, SO_PASSCRED, on.address(), 4, 0);
    }

    public int number() {
        return own.number();
    }

    /** The end for jail-init; to be closed when it has it. */
    public Fd other() {
        return other;
    }

    /** Sends a plan, in a message or, when too large, as a sealed file. */
    public void send(byte[] plan, List<Fd> descriptors, Spawner spawner) {
        if (plan.length <= Kernel.LARGEST_MESSAGE) {
            Memory message = kernel.message();
            message.bytes().put(0, plan);
            send(message.address(), plan.length, descriptors);
            return;
        }
        try (Fd file = spawner.sealedBytes(plan)) {
            Memory length = kernel.message();
            length.bytes().putLong(0, plan.length);
            send(
                    length.address(),
                    8,
                    java.util.stream.Stream.concat(descriptors.stream(), java.util.stream.Stream.of(file))
                            .toList());
        }
    }

    /** One block holds struct msghdr (56 bytes), one iovec (16) and the control message. */
    private void send(long content, int length, List<Fd> descriptors) {
        Memory message = kernel.struct();
        int control = 16 + 4 * descriptors.size();
        message.bytes().putLong(0, 0).putLong(8, 0).putLong(16, message.at(56)).putLong(24, 1);
        message.bytes()
                .putLong(32, message.at(72))
                .putLong(40, (control + 7) & ~7)
                .putLong(48, 0);
        message.bytes().putLong(56, content).putLong(64, length);
        message.bytes().putLong(72, control).putInt(80, SOL_SOCKET).putInt(84, SCM_RIGHTS);
        for (int i = 0; i < descriptors.size(); i++) {
            message.bytes().putInt(88 + 4 * i, descriptors.get(i).number());
        }
        long sent = kernel.call(Call.SENDMSG, own.number(), message.address(), NO_SIGNAL_DO_NOT_WAIT);
        Kernel.check(sent, Call.SENDMSG, "plan");
    }

    /** The next report: empty if there is none yet; one of kind END at the end of the stream. */
    public Optional<Report> receive() {
        Memory message = kernel.struct();
        message.bytes().putLong(0, 0).putLong(8, 0).putLong(16, message.at(56)).putLong(24, 1);
        message.bytes().putLong(32, message.at(128)).putLong(40, 64).putLong(48, 0);
        message.bytes().putLong(56, message.at(72)).putLong(64, REPORT);
        long length = kernel.call(Call.RECVMSG, own.number(), message.address(), DO_NOT_WAIT);
        if (length == -Errno.EAGAIN.number() || length == -Errno.EINTR.number()) {
            return Optional.empty();
        }
        if (length < REPORT) {
            return Optional.of(Report.END);
        }
        boolean named = message.bytes().getLong(40) >= 28 && message.bytes().getInt(140) == SCM_CREDENTIALS;
        int pid = named ? message.bytes().getInt(144) : 0;
        int kind = message.bytes().getInt(72);
        return Optional.of(new Report(
                Report.Kind.of(kind),
                message.bytes().getInt(76),
                message.bytes().getInt(80),
                message.bytes().getInt(84),
                pid));
    }

    @Override
    public void close() {
        own.close();
        other.close();
    }

    /**
     * What jail-init says.
     *
     * @param step the number of the step, for FAILED; why the plan was refused, for REFUSED
     * @param errno for FAILED; 0 if a process ended in that step
     * @param ended how it ended then, as a wait status, wait(2)
     * @param pid the process it speaks of, for STARTED the main program, as the emperor sees it
     */
    public record Report(Kind kind, int step, int errno, int ended, int pid) {
        static final Report END = new Report(Kind.END, 0, 0, 0, 0);

        /** Why a step failed. */
        public String why() {
            if (errno != 0) {
                return Errno.text(errno);
            }
            int signal = ended & 0x7f;
            return signal != 0 ? "killed by signal " + signal : "exit code " + (ended >> 8);
        }

        /** The kinds of {@code init.h}, and the end of the stream. */
        public enum Kind {
            REFUSED,
            FAILED,
            EXEC_NEXT,
            STARTED,
            END;

            static Kind of(int number) {
                return switch (number) {
                    case 2 -> FAILED;
                    case 3 -> EXEC_NEXT;
                    case 4 -> STARTED;
                    default -> REFUSED;
                };
            }
        }
    }
}
