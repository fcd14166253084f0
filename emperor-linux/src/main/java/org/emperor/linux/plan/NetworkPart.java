package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.jail.NetworkStep;
import org.emperor.jail.Seat;
import org.emperor.linux.plan.LinkStep.Side;
import org.emperor.linux.plan.NetworkSettings.Mode;

/** The wire between a jail and its host. Nothing of the host's network changes but what is said of the wire's own end. */
final class NetworkPart {
    /** What the host is called at every private wire: an address that no router passes on (RFC 3927), so one will do. */
    private static final IpAddress HOST_FOUR = IpAddress.four(0xa9fe0101L);

    private static final IpAddress HOST_SIX = new IpAddress(true, 0xfe80L << 48, 1);
    private static final int LINK_LOCAL_PREFIX = 64;

    private final NetworkSettings network;
    private final Seat seat;
    private final String hostEnd;
    private final List<IpNetwork> addresses;
    private final List<NetworkStep> steps = new ArrayList<>();

    NetworkPart(NetworkSettings network, Seat seat) {
        this.network = network;
        this.seat = seat;
        this.hostEnd = LinkNames.hostEnd(seat.realmId(), seat.incarnation());
        this.addresses = network.addresses(seat);
    }

    List<NetworkStep> steps() {
        if (!network.isWired()) {
            return List.of();
        }
        boolean alone = network.mode() == Mode.PRIVATE;
        for (IpNetwork each : addresses) {
            steps.add(new LinkStep.Unused(each.address(), alone, network.bridge()));
        }
        makePair();
        if (alone) {
            leadHome();
        } else {
            joinBridge();
        }
        for (IpNetwork each : addresses) {
            if (each.address().isSix()) {
                steps.add(new LinkStep.Settle(network.name(), each.address()));
            }
        }
        return steps;
    }

    private void makePair() {
        String realm = seat.realmId();
        String mac = network.mac().isEmpty()
                ? LinkNames.jailMac(realm, seat.incarnation().vassal())
                : network.mac();
        steps.add(new LinkStep.MakePair(
                hostEnd, LinkNames.hostMac(realm), network.name(), mac, network.mtu(), network.bridge()));
    }

    /** As a router leads to one host: each side has a route to the other's one address. */
    private void leadHome() {
        guardHost();
        raise(Side.HOST, hostEnd);
        if (hasFour()) {
            steps.add(new LinkStep.Address(Side.HOST, hostEnd, IpNetwork.alone(HOST_FOUR)));
        }
        if (hasSix()) {
            steps.add(new LinkStep.Address(Side.HOST, hostEnd, new IpNetwork(HOST_SIX, LINK_LOCAL_PREFIX)));
        }
        for (IpNetwork each : addresses) {
            direct(Side.HOST, hostEnd, each.address());
        }
        raise(Side.JAIL, network.name());
        giveAddresses();
        if (hasFour()) {
            direct(Side.JAIL, network.name(), HOST_FOUR);
        }
        if (network.routed() && hasFour()) {
            byDefault(HOST_FOUR);
        }
        if (network.routed() && hasSix()) {
            byDefault(HOST_SIX);
        }
    }

    /**
     * Whoever is root in the jail may send what it likes. Without these it could speak for another address, or by a router
     * advertisement (RFC 4861) lead the host's IPv6 traffic into the jail.
     */
    private void guardHost() {
        sysctl("ipv4", "rp_filter", "1");
        if (hasSix()) {
            sysctl("ipv6", "accept_ra", "0");
            sysctl("ipv6", "addr_gen_mode", "1"); // no address but the one it is given
        } else {
            sysctl("ipv6", "disable_ipv6", "1");
        }
    }

    /** A port needs no address of its own; the bridge has the host's. */
    private void joinBridge() {
        sysctl("ipv6", "disable_ipv6", "1");
        raise(Side.HOST, hostEnd);
        raise(Side.JAIL, network.name());
        giveAddresses();
        network.gateways().forEach(this::byDefault);
    }

    private void sysctl(String family, String key, String value) {
        steps.add(new LinkStep.Sysctl("/proc/sys/net/" + family + "/conf/" + hostEnd + "/" + key, value));
    }

    private void raise(Side side, String link) {
        boolean host = side == Side.HOST;
        String alias = host ? "emperor " + seat.incarnation() : "";
        steps.add(new LinkStep.Raise(side, link, host ? network.bridge() : "", alias));
    }

    private void giveAddresses() {
        for (IpNetwork each : addresses) {
            steps.add(new LinkStep.Address(Side.JAIL, network.name(), each));
        }
    }

    private void direct(Side side, String link, IpAddress to) {
        steps.add(new LinkStep.Route(side, link, IpNetwork.alone(to), to));
    }

    private void byDefault(IpAddress gateway) {
        steps.add(new LinkStep.Route(Side.JAIL, network.name(), new IpNetwork(gateway, 0), gateway));
    }

    private boolean hasFour() {
        return addresses.stream().anyMatch(each -> !each.address().isSix());
    }

    private boolean hasSix() {
        return addresses.stream().anyMatch(each -> each.address().isSix());
    }
}
