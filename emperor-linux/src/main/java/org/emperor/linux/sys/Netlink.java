package org.emperor.linux.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.emperor.linux.plan.Call;

/**
 * A socket of rtnetlink(7). It belongs to the network namespace in which its thread was when it was made, and goes on doing
 * so. The kernel does what a message asks while it is sent, so that the answer is there when sending returns.
 */
final class Netlink implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10; // an error does not repeat the message
    private static final int NETLINK_EXT_ACK = 11; // an error says in words what is wrong (4.12)
    private static final int ERROR = 2;
    private static final int WITH_WORDS = 0x200; // NLM_F_ACK_TLVS
    private static final int START_OF_WORDS = NetlinkMessage.HEADER + 4 + NetlinkMessage.HEADER;
    private static final int WORDS = 1; // NLMSGERR_ATTR_MSG

    private final Kernel kernel;
    private final Fd socket;
    private int sequence;

    /** A socket in the namespace this thread is in. */
    Netlink(Kernel kernel) {
        this.kernel = kernel;
        long made = kernel.call(Call.SOCKET, AF_NETLINK, SOCK_RAW_CLOEXEC, 0);
        socket = new Fd(kernel, (int) Kernel.check(made, Call.SOCKET, "AF_NETLINK"));
        set(NETLINK_CAP_ACK);
        set(NETLINK_EXT_ACK);
    }

    private void set(int option) {
        Memory on = kernel.struct();
        on.bytes().putInt(0, 1);
        kernel.call(Call.SETSOCKOPT, socket.number(), SOL_NETLINK, option, on.address(), 4, 0);
    }

    /**
     * Sends a message and waits for its answer.
     *
     * @return the answer after its header; empty if it is only that all went well
     * @throws SyscallException with the kernel's errno and words
     */
    ByteBuffer ask(NetlinkMessage message) {
        byte[] sent = message.bytes(++sequence);
        Memory buffer = kernel.message();
        buffer.bytes().put(0, sent);
        long written = kernel.call(Call.WRITE, socket.number(), buffer.address(), sent.length);
        Kernel.check(written, Call.WRITE, message.name());
        long read = kernel.call(Call.READ, socket.number(), buffer.address(), buffer.length());
        int length = (int) Kernel.check(read, Call.READ, message.name());
        byte[] answer = new byte[length];
        buffer.bytes().get(0, answer);
        return content(message, ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder()));
    }

    private ByteBuffer content(NetlinkMessage message, ByteBuffer answer) {
        if (answer.remaining() < NetlinkMessage.HEADER || answer.getInt(8) != sequence) {
            throw new IllegalStateException("no answer to " + message.name());
        }
        answer.limit(Math.min(answer.limit(), answer.getInt(0)));
        answer.position(NetlinkMessage.HEADER);
        if (answer.getShort(4) != ERROR) {
            return answer;
        }
        int errno = -answer.getInt(NetlinkMessage.HEADER);
        if (errno != 0) {
            throw new SyscallException(Call.WRITE, message.name() + words(answer), errno);
        }
        return answer.position(answer.limit());
    }

    /** What the kernel says beside the errno, in quotation marks. */
    private static String words(ByteBuffer answer) {
        if ((answer.getShort(6) & WITH_WORDS) == 0) {
            return "";
        }
        for (Attributes all = new Attributes(answer.position(START_OF_WORDS)); all.next(); ) {
            if (all.type() == WORDS) {
                return " \"" + all.text() + "\"";
            }
        }
        return "";
    }

    @Override
    public void close() {
        socket.close();
    }

    /** The attributes of an answer, one after the other; what is beyond its end is not looked at. */
    static final class Attributes {
        private static final int HEAD = 4;
        private static final int TYPE = 0x3fff; // without NLA_F_NESTED and NLA_F_NET_BYTEORDER

        private final ByteBuffer bytes;
        private int at;
        private int end;

        Attributes(ByteBuffer bytes) {
            this.bytes = bytes;
            this.end = bytes.position();
        }

        boolean next() {
            at = (end + 3) & ~3;
            if (bytes.limit() - at < HEAD) {
                return false;
            }
            end = at + (bytes.getShort(at) & 0xffff);
            return end >= at + HEAD && end <= bytes.limit();
        }

        int type() {
            return bytes.getShort(at + 2) & TYPE;
        }

        int number() {
            return end - at >= HEAD + 4 ? bytes.getInt(at + HEAD) : 0;
        }

        String text() {
            byte[] text = new byte[end - at - HEAD];
            bytes.get(at + HEAD, text);
            return new String(text, StandardCharsets.UTF_8).split("\0", 2)[0];
        }

        Attributes inside() {
            ByteBuffer part = bytes.duplicate().order(bytes.order());
            part.limit(end).position(at + HEAD);
            return new Attributes(part);
        }
    }
}
