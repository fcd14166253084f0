package org.emperor.linux.sys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emperor.linux.plan.Call;

/**
 * One connection of uWSGI's setns protocol: in the first segment {@code uwsgi-setns}, the number of descriptors as an int of
 * the host, and the descriptors by SCM_RIGHTS; nothing else either way. Never blocks.
 */
public final class NamespaceStream implements AutoCloseable {
    static final int FLAGS = 0x800 | 0x80000; // NONBLOCK, CLOEXEC
    private static final byte[] PREFIX = "uwsgi-setns".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = 15;
    private static final int MOST = 253; // SCM_MAX_FD
    private static final int STREAM = 1;
    private static final int AF_UNIX = 1;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int SCM_RIGHTS = 1;
    private static final int NO_SIGNAL_DO_NOT_WAIT = 0x4000 | 0x40;
    private static final int CLOSE_ON_EXEC_DO_NOT_WAIT = 0x40000000 | 0x40;
    private static final int CONTROL_TRUNCATED = 8;
    private static final int PARTS = 56;
    private static final int DATA = 72;
    private static final int CONTROL = 88;

    private final Kernel kernel;
    private final Fd connection;

    NamespaceStream(Kernel kernel, Fd connection) {
        this.kernel = kernel;
        this.connection = connection;
    }

    /**
     * Only to root or to the emperor's own user: whose namespaces are joined rules the program.
     *
     * @throws SyscallException if nobody listens at the address, or has no room now
     * @throws NamespaceRefusal if somebody else listens there
     */
    public static NamespaceStream to(Kernel kernel, String address) {
        Fd connection = socket(kernel);
        long result = connect(kernel, connection, address);
        if (result < 0) {
            connection.close();
        }
        Kernel.check(result, Call.CONNECT, address);
        int uid = peer(kernel, connection);
        if (uid != 0 && uid != kernel.call(Call.GETEUID)) {
            connection.close();
            throw new NamespaceRefusal("is user " + uid + ", and neither root nor the emperor's own");
        }
        return new NamespaceStream(kernel, connection);
    }

    /** The user who listened, or who connected (unix(7)); -1 if the kernel does not tell. */
    static int peer(Kernel kernel, Fd connection) {
        Memory block = kernel.struct();
        block.bytes().putInt(0, 12);
        long result = kernel.call(
                Call.GETSOCKOPT, connection.number(), SOL_SOCKET, SO_PEERCRED, block.at(8), block.address(), 0);
        return result == 0 ? block.bytes().getInt(12) : -1;
    }

    static Fd socket(Kernel kernel) {
        long result = kernel.call(Call.SOCKET, AF_UNIX, STREAM | FLAGS, 0);
        return new Fd(kernel, (int) Kernel.check(result, Call.SOCKET, "AF_UNIX"));
    }

    static long connect(Kernel kernel, Fd socket, String address) {
        Memory block = kernel.struct();
        int length = new UnixAddress(address).write(block);
        return kernel.call(Call.CONNECT, socket.number(), block.address(), length);
    }

    public int number() {
        return connection.number();
    }

    /** Sends all in one message, as whoever receives expects; false if that cannot be. */
    public boolean send(List<Fd> namespaces) {
        Memory message = kernel.struct();
        int control = 16 + 4 * namespaces.size();
        envelope(message, (control + 7) & ~7);
        message.bytes().put(DATA, PREFIX).putInt(DATA + PREFIX.length, namespaces.size());
        message.bytes()
                .putLong(CONTROL, control)
                .putInt(CONTROL + 8, SOL_SOCKET)
                .putInt(CONTROL + 12, SCM_RIGHTS);
        for (int i = 0; i < namespaces.size(); i++) {
            message.bytes().putInt(CONTROL + 16 + 4 * i, namespaces.get(i).number());
        }
        return kernel.call(Call.SENDMSG, connection.number(), message.address(), NO_SIGNAL_DO_NOT_WAIT) == HEAD;
    }

    /** struct msghdr with one part and that much room for control data. */
    private static void envelope(Memory message, int control) {
        message.bytes()
                .putLong(0, 0)
                .putLong(8, 0)
                .putLong(16, message.at(PARTS))
                .putLong(24, 1);
        message.bytes().putLong(32, message.at(CONTROL)).putLong(40, control).putLong(48, 0);
        message.bytes().putLong(PARTS, message.at(DATA)).putLong(PARTS + 8, HEAD);
    }

    /**
     * Takes what has come; only when there is something.
     *
     * @throws NamespaceRefusal if it is not what the protocol says
     */
    public List<Fd> receive() {
        Memory message = kernel.struct();
        envelope(message, 16 + 4 * MOST);
        long length = kernel.call(Call.RECVMSG, connection.number(), message.address(), CLOSE_ON_EXEC_DO_NOT_WAIT);
        List<Fd> received = descriptors(message, length);
        String wrong = wrong(message, length, received);
        if (!wrong.isEmpty()) {
            received.forEach(Fd::close);
            throw new NamespaceRefusal(wrong);
        }
        return received;
    }

    private List<Fd> descriptors(Memory message, long length) {
        List<Fd> received = new ArrayList<>();
        long control = message.bytes().getLong(40);
        if (length < 0 || control < 16 || message.bytes().getInt(CONTROL + 12) != SCM_RIGHTS) {
            return received;
        }
        int end = (int) Math.min(control, message.bytes().getLong(CONTROL));
        for (int at = 16; at + 4 <= end; at += 4) {
            received.add(new Fd(kernel, message.bytes().getInt(CONTROL + at)));
        }
        return received;
    }

    private static String wrong(Memory message, long length, List<Fd> received) {
        if (length < 0) {
            return "failed: " + Errno.text((int) -length);
        }
        if (length == 0) {
            return "hung up without giving any";
        }
        byte[] start = new byte[PREFIX.length];
        message.bytes().get(DATA, start);
        if (length < PREFIX.length || !Arrays.equals(start, PREFIX)) {
            return "does not speak the setns protocol";
        }
        if ((message.bytes().getInt(48) & CONTROL_TRUNCATED) != 0) {
            return "gave more descriptors than can be taken";
        }
        return received.isEmpty() ? "gave none" : "";
    }

    @Override
    public void close() {
        connection.close();
    }
}
