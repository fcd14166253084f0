package org.emperor.linux.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Network interfaces by ioctl, netdevice(7): on any socket of the network namespace they are in. */
final class InterfacePart {
    private static final int SIOCSIFADDR = 0x8916;
    private static final int SIOCSIFNETMASK = 0x891c;
    private static final int SIOCGIFINDEX = 0x8933;
    private static final int LENGTH = 40;
    private static final int UNION = 16;
    private static final int IFF_UP_RUNNING = 1 | 0x40;
    private static final int IFF_MULTICAST = 0x1000; // would be cleared otherwise, and IPv6 needs it

    private final StepList steps;

    InterfacePart(StepList steps) {
        this.steps = steps;
    }

    void run(HookAction action) {
        if (action instanceof HookAction.Switch to) {
            flags("turn interface " + to.name() + (to.up() ? " up" : " down"), to.name(), to.up());
        } else if (action instanceof HookAction.Address address) {
            address(address);
        }
    }

    private void flags(String object, String name, boolean up) {
        int multicast = name.equals("lo") ? 0 : IFF_MULTICAST;
        byte[] request = request(name, (up ? IFF_UP_RUNNING : 0) | multicast, 0);
        String text = "{ifr_name=\"" + name + "\", ifr_flags=" + (up ? "IFF_UP|IFF_RUNNING" : "0")
                + (multicast == 0 ? "" : "|IFF_MULTICAST") + "}";
        int socket = open(object);
        set(object, socket, Argument.constant(Loopback.SIOCSIFFLAGS, "SIOCSIFFLAGS"), Argument.bytes(text, request));
        close(object, socket);
    }

    private void address(HookAction.Address action) {
        String object = "give interface " + action.name() + " its address";
        int mask = action.prefix() == 0 ? 0 : -1 << (32 - action.prefix());
        int socket = open(object);
        set(object, socket, Argument.constant(SIOCSIFADDR, "SIOCSIFADDR"), internet(action.name(), action.address()));
        set(object, socket, Argument.constant(SIOCSIFNETMASK, "SIOCSIFNETMASK"), internet(action.name(), mask));
        close(object, socket);
    }

    void await(String object, StepList.Patience patience, String name) {
        int socket = open(object);
        Argument request = Argument.bytes("{ifr_name=\"" + name + "\"}", request(name, 0, 0));
        steps.until(
                object, patience, () -> set(object, socket, Argument.constant(SIOCGIFINDEX, "SIOCGIFINDEX"), request));
        close(object, socket);
    }

    private int open(String object) {
        return steps.call(
                object,
                Call.SOCKET,
                Argument.constant(Loopback.AF_INET, "AF_INET"),
                Argument.constant(Loopback.SOCK_DGRAM_CLOEXEC, "SOCK_DGRAM|SOCK_CLOEXEC"),
                Argument.number(0));
    }

    private void set(String object, int socket, Argument what, Argument request) {
        steps.call(object, Call.IOCTL, Argument.result(socket, "socket"), what, request);
    }

    private void close(String object, int socket) {
        steps.call(object, Call.CLOSE, Argument.result(socket, "socket"));
    }

    private static Argument internet(String name, int address) {
        String dotted =
                (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
        byte[] request = request(name, Loopback.AF_INET, Integer.reverseBytes(address)); // in network order
        return Argument.bytes("{ifr_name=\"" + name + "\", " + dotted + "}", request);
    }

    /** A struct ifreq; both architectures are little-endian, so that a short is also the int it begins. */
    private static byte[] request(String name, int first, int second) {
        ByteBuffer request = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        request.put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(UNION, first)
                .putInt(UNION + 4, second);
        return request.array();
    }
}
