package org.emperor.linux.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** How interface lo is raised, netdevice(7): an ioctl on any socket. The kernel gives it its addresses when it comes up. */
public final class Loopback {
    public static final int AF_INET = 2;
    public static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    public static final int SIOCSIFFLAGS = 0x8914;

    private static final short IFF_UP_RUNNING = 1 | 0x40;
    private static final int LENGTH = 40;
    private static final int FLAGS = 16;

    private Loopback() {}

    /** A struct ifreq that says so. */
    public static byte[] request() {
        ByteBuffer request = ByteBuffer.allocate(LENGTH).order(ByteOrder.nativeOrder());
        request.put("lo".getBytes(StandardCharsets.US_ASCII)).putShort(FLAGS, IFF_UP_RUNNING);
        return request.array();
    }
}
