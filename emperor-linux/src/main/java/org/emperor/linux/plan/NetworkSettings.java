package org.emperor.linux.plan;

import java.util.List;
import org.emperor.jail.Seat;

/**
 * What a vassal file says of its network.
 *
 * @param bridge the bridge of the host that is joined; empty but with {@link Mode#BRIDGE}
 * @param addresses of the jail's interface; empty for none, with {@link Mode#PRIVATE} for one of the pool
 * @param gateways where all that is not near goes by; with {@link Mode#PRIVATE} it is the host
 * @param routed whether there is a default route at all
 * @param name of the interface in the jail
 * @param mtu 0 for the kernel's or the bridge's
 * @param mac empty for one made from the vassal's name
 */
record NetworkSettings(
        Mode mode,
        String bridge,
        List<IpNetwork> addresses,
        List<IpAddress> gateways,
        boolean routed,
        String name,
        int mtu,
        String mac) {
    enum Mode {
        NONE,
        HOST,
        PRIVATE,
        BRIDGE
    }

    NetworkSettings {
        addresses = List.copyOf(addresses);
        gateways = List.copyOf(gateways);
    }

    /** Whether the jail has an interface beside lo. */
    boolean isWired() {
        return mode == Mode.PRIVATE || mode == Mode.BRIDGE;
    }

    /** Those of the jail's interface, the one that was granted included. */
    List<IpNetwork> addresses(Seat seat) {
        return wantsAddress() ? List.of(IpNetwork.parse(seat.address()).orElseThrow()) : addresses;
    }

    /** Whether the emperor is to choose the address. */
    boolean wantsAddress() {
        return mode == Mode.PRIVATE && addresses.isEmpty();
    }
}
