package org.emperor.linux.sys;

import java.nio.ByteBuffer;
import java.util.List;
import org.emperor.linux.plan.Call;
import org.emperor.linux.plan.IpAddress;
import org.emperor.linux.plan.IpNetwork;
import org.emperor.linux.sys.Netlink.Attributes;

/** The interfaces, addresses and routes of one network namespace, by rtnetlink(7). */
public final class Links implements AutoCloseable {
    private static final long CLONE_NEWNET = 0x40000000L;
    private static final String OF_THIS_THREAD = "/proc/thread-self/ns/net";

    private static final int ACK = 4;
    private static final int ONLY_NEW = 0x200 | 0x400 | ACK; // NLM_F_EXCL|NLM_F_CREATE
    private static final int NEWLINK = 16;
    private static final int DELLINK = 17;
    private static final int GETLINK = 18;
    private static final int NEWADDR = 20;
    private static final int GETADDR = 22;
    private static final int NEWROUTE = 24;
    private static final int GETROUTE = 26;

    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_IFALIAS = 20;
    private static final int IFLA_NET_NS_FD = 28;
    private static final int IFLA_EXT_MASK = 29;
    private static final int SKIP_STATISTICS = 1 << 3;
    private static final int INFO_KIND = 1;
    private static final int INFO_DATA = 2;
    private static final int VETH_INFO_PEER = 1;
    private static final int IFF_UP = 1;
    private static final int LENGTH_OF_LINK = 16;

    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_F_NODAD = 2;
    private static final int IFA_F_TENTATIVE = 0x40;

    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int TABLE_MAIN = 254;
    private static final int STATIC = 4; // RTPROT_STATIC
    private static final int SCOPE_LINK = 253;
    private static final int UNICAST = 1;
    private static final int LOCAL = 2;
    private static final int MULTICAST = 5;
    private static final int OF_THE_TABLE = 0x2000; // RTM_F_FIB_MATCH: the route that is found, not what it leads to
    private static final List<Errno> NO_ROUTE =
            List.of(Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.EINVAL, Errno.EACCES); // the last: blackhole, prohibit

    private final Netlink netlink;

    /** @param index its number in its namespace */
    public record Link(int index, int mtu, String kind) {}

    /** One end of a wire; an MTU of 0 is the kernel's own. */
    public record End(String name, String mac, int mtu) {}

    /** What the host does with packets to an address. */
    public enum Destination {
        NOWHERE_SPECIAL,
        ITSELF,
        A_NETWORK
    }

    private Links(Netlink netlink) {
        this.netlink = netlink;
    }

    /** Those of the namespace this thread is in. */
    public static Links here(Kernel kernel) {
        return new Links(new Netlink(kernel));
    }

    /**
     * Those of another namespace. The thread is there just long enough to make a socket. Should the kernel not let it back
     * for lack of memory, it tries for ever: elsewhere it must do nothing, and a launch thread that is stuck is replaced.
     */
    public static Links of(Kernel kernel, Fd namespace) {
        try (Fd home = new HostFiles(kernel).open(OF_THIS_THREAD, HostFiles.READ)) {
            Kernel.check(kernel.call(Call.SETNS, namespace.number(), CLONE_NEWNET), Call.SETNS, "CLONE_NEWNET");
            try {
                return here(kernel);
            } finally {
                while (kernel.call(Call.SETNS, home.number(), CLONE_NEWNET) < 0) {
                    Pauses.briefly(kernel);
                }
            }
        }
    }

    /** @throws SyscallException ENODEV if there is none of that name */
    public Link link(String name) {
        NetlinkMessage message = new NetlinkMessage("RTM_GETLINK " + name, GETLINK, 0).interfaceHeader(0, 0);
        ByteBuffer answer = netlink.ask(message.text(IFLA_IFNAME, name).number(IFLA_EXT_MASK, SKIP_STATISTICS));
        int index = answer.getInt(answer.position() + 4);
        int mtu = 0;
        String kind = "";
        answer.position(answer.position() + LENGTH_OF_LINK);
        for (Attributes all = new Attributes(answer); all.next(); ) {
            mtu = all.type() == IFLA_MTU ? all.number() : mtu;
            kind = all.type() == IFLA_LINKINFO ? kind(all.inside()) : kind;
        }
        return new Link(index, mtu, kind);
    }

    private static String kind(Attributes info) {
        while (info.next()) {
            if (info.type() == INFO_KIND) {
                return info.text();
            }
        }
        return "";
    }

    /** Makes both ends of a wire, one of them here, the other in another namespace. */
    public void makePair(End here, End there, Fd namespace) {
        NetlinkMessage message = new NetlinkMessage("RTM_NEWLINK " + here.name(), NEWLINK, ONLY_NEW);
        describe(message.interfaceHeader(0, 0), here);
        int info = message.begin(IFLA_LINKINFO);
        message.text(INFO_KIND, "veth");
        int data = message.begin(INFO_DATA);
        int peer = message.begin(VETH_INFO_PEER);
        describe(message.interfaceHeader(0, 0), there);
        message.number(IFLA_NET_NS_FD, namespace.number());
        message.end(peer).end(data).end(info);
        netlink.ask(message);
    }

    private static void describe(NetlinkMessage message, End end) {
        message.text(IFLA_IFNAME, end.name()).raw(IFLA_ADDRESS, mac(end.mac()));
        if (end.mtu() > 0) {
            message.number(IFLA_MTU, end.mtu());
        }
    }

    private static byte[] mac(String text) {
        byte[] mac = new byte[6];
        for (int i = 0; i < mac.length; i++) {
            mac[i] = (byte) Integer.parseInt(text.substring(3 * i, 3 * i + 2), 16);
        }
        return mac;
    }

    /**
     * Sets an interface up.
     *
     * @param master the number of what it becomes a port of; 0 for nothing
     * @param alias empty for none
     */
    public void raise(String name, int master, String alias) {
        NetlinkMessage message = new NetlinkMessage("RTM_NEWLINK " + name, NEWLINK, ACK).interfaceHeader(0, IFF_UP);
        message.text(IFLA_IFNAME, name);
        if (master > 0) {
            message.number(IFLA_MASTER, master);
        }
        if (!alias.isEmpty()) {
            message.text(IFLA_IFALIAS, alias);
        }
        netlink.ask(message);
    }

    /** No neighbour is asked whether it has the address (RFC 4862), for that takes a second; see {@link #isSettled}. */
    public void give(int link, IpNetwork network) {
        byte[] address = network.address().bytes();
        netlink.ask(new NetlinkMessage("RTM_NEWADDR " + network, NEWADDR, ONLY_NEW)
                .byteValue(family(network.address()))
                .byteValue(network.prefix())
                .byteValue(network.address().isSix() ? IFA_F_NODAD : 0)
                .byteValue(0)
                .word(link)
                .raw(IFA_LOCAL, address)
                .raw(IFA_ADDRESS, address));
    }

    /**
     * Whether an IPv6 address can be used yet. The kernel finds out by a task of its own, a moment later, even that it need
     * not ask; until then bind(2) says EADDRNOTAVAIL.
     */
    public boolean isSettled(int link, IpAddress address) {
        ByteBuffer answer = netlink.ask(new NetlinkMessage("RTM_GETADDR " + address, GETADDR, 0)
                .byteValue(family(address))
                .byteValue(address.bits())
                .byteValue(0)
                .byteValue(0)
                .word(link)
                .raw(IFA_ADDRESS, address.bytes()));
        return (answer.get(answer.position() + 2) & IFA_F_TENTATIVE) == 0;
    }

    /** A route to what is at the other end of a wire. */
    public void lead(int link, IpAddress to) {
        netlink.ask(route(to.toString(), link, to, to.bits(), to.isSix() ? 0 : SCOPE_LINK)
                .raw(RTA_DST, to.bytes()));
    }

    /** The route of all that has no other. */
    public void leadRest(int link, IpAddress gateway) {
        netlink.ask(route("default", link, gateway, 0, 0).raw(RTA_GATEWAY, gateway.bytes()));
    }

    private static NetlinkMessage route(String to, int link, IpAddress like, int prefix, int scope) {
        return new NetlinkMessage("RTM_NEWROUTE " + to, NEWROUTE, ONLY_NEW)
                .byteValue(family(like))
                .byteValue(prefix)
                .byteValue(0)
                .byteValue(0)
                .byteValue(TABLE_MAIN)
                .byteValue(STATIC)
                .byteValue(scope)
                .byteValue(UNICAST)
                .word(0)
                .number(RTA_OIF, link);
    }

    private static int family(IpAddress address) {
        return address.isSix() ? 10 : 2;
    }

    /** Asks where packets to an address go now. */
    public Destination destination(IpAddress address) {
        NetlinkMessage message = new NetlinkMessage("RTM_GETROUTE " + address, GETROUTE, 0);
        message.byteValue(family(address))
                .byteValue(address.bits())
                .byteValue(0)
                .byteValue(0)
                .word(0);
        try {
            ByteBuffer route = netlink.ask(message.word(OF_THE_TABLE).raw(RTA_DST, address.bytes()));
            int prefix = route.get(route.position() + 1);
            int type = route.get(route.position() + 7);
            if (type >= LOCAL && type <= MULTICAST) {
                return Destination.ITSELF;
            }
            return prefix == 0 || type != UNICAST ? Destination.NOWHERE_SPECIAL : Destination.A_NETWORK;
        } catch (SyscallException none) {
            if (NO_ROUTE.stream().anyMatch(none::is)) {
                return Destination.NOWHERE_SPECIAL;
            }
            throw none;
        }
    }

    /** Removes an interface, and the other end of its wire; false if there is none of that name. */
    public boolean remove(String name) {
        try {
            netlink.ask(new NetlinkMessage("RTM_DELLINK " + name, DELLINK, ACK)
                    .interfaceHeader(0, 0)
                    .text(IFLA_IFNAME, name));
            return true;
        } catch (SyscallException e) {
            if (!e.is(Errno.ENODEV)) {
                throw e;
            }
            return false;
        }
    }

    @Override
    public void close() {
        netlink.close();
    }
}
