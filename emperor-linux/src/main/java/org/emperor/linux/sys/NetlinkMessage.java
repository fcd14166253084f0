package org.emperor.linux.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One message of netlink(7) while it is written: a header, a fixed part, and attributes that may hold attributes. */
final class NetlinkMessage {
    static final int HEADER = 16;
    private static final int MOST = 1024;
    private static final int REQUEST = 1;
    private static final int LENGTH_OF_ATTRIBUTE = 4;

    private final ByteBuffer bytes = ByteBuffer.allocate(MOST).order(ByteOrder.nativeOrder());
    private final String name;

    /** @param name of the type, for a message about a failure */
    NetlinkMessage(String name, int type, int flags) {
        this.name = name;
        bytes.putInt(0)
                .putShort((short) type)
                .putShort((short) (REQUEST | flags))
                .putLong(0);
    }

    String name() {
        return name;
    }

    NetlinkMessage byteValue(int value) {
        bytes.put((byte) value);
        return this;
    }

    NetlinkMessage word(int value) {
        bytes.putInt(value);
        return this;
    }

    /** struct ifinfomsg, rtnetlink(7): of that interface, or of the one that an attribute names. */
    NetlinkMessage interfaceHeader(int index, int flags) {
        return word(0).word(index).word(flags).word(flags);
    }

    NetlinkMessage text(int type, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return raw(type, java.util.Arrays.copyOf(utf8, utf8.length + 1));
    }

    NetlinkMessage number(int type, int value) {
        return raw(
                type,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.nativeOrder())
                        .putInt(value)
                        .array());
    }

    NetlinkMessage raw(int type, byte[] value) {
        int start = begin(type);
        bytes.put(value);
        return end(start);
    }

    /** Begins an attribute that holds others; {@link #end} wants what this returns. */
    int begin(int type) {
        int start = bytes.position();
        bytes.putShort((short) 0).putShort((short) type);
        return start;
    }

    NetlinkMessage end(int start) {
        bytes.putShort(start, (short) (bytes.position() - start));
        while (bytes.position() % LENGTH_OF_ATTRIBUTE != 0) {
            bytes.put((byte) 0);
        }
        return this;
    }

    /** The whole, ready to be sent with that number. */
    byte[] bytes(int sequence) {
        bytes.putInt(0, bytes.position()).putInt(8, sequence);
        return java.util.Arrays.copyOf(bytes.array(), bytes.position());
    }
}
