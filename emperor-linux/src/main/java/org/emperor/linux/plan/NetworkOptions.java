package org.emperor.linux.plan;

import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;

/** The keys of a jail's network. */
final class NetworkOptions {
    private NetworkOptions() {}

    static List<Option> table() {
        List<Option> table = List.of(
                Option.once(
                        NetworkReader.NET,
                        Form.TEXT,
                        "",
                        "The network. host: the emperor's, whatever a preset says. none: a network namespace with loopback alone, as clone = net."
                                + " private: beside that an interface of its own to the host and to nobody else; the host"
                                + " is 169.254.1.1 there, and fe80::1 if the vassal has an IPv6 address. bridge NAME: an"
                                + " interface that is a port of that bridge, which the host must have. Without this key"
                                + " clone alone decides. The emperor makes these interfaces and changes nothing else of the"
                                + " host's network: no bridge, no forwarding, no translation of addresses."),
                Option.list(
                        NetworkReader.ADDRESS,
                        Form.TEXT,
                        "An IPv4 or IPv6 address of the jail's interface. With bridge it has a prefix, as 10.0.0.5/24;"
                                + " without an address the program asks for one itself, by DHCP say. With private it has"
                                + " none, and without an address there is one of 10.117.0.0/16, mostly the same in every"
                                + " life. An address that the host has itself, that another vassal has, or, with private,"
                                + " that is in a network of the host, fails the launch."),
                Option.list(
                        NetworkReader.GATEWAY,
                        Form.TEXT,
                        "Where everything goes that is not near, for IPv4 and IPv6 once each; near one of net-address."
                                + " With private it is the host, which forwards only if its operator made it a router."
                                + " none: there is no default route."),
                Option.once(
                        NetworkReader.NAME,
                        Form.TEXT,
                        "eth0",
                        "What the interface is called in the jail. On the host its other end has a name of 15 characters"
                                + " that begins with ev, another one in every life, with the vassal's name as alias."),
                Option.once(
                        NetworkReader.MTU,
                        Form.COUNT,
                        "",
                        "The longest packet of the interface, in bytes, 68 to 65535; the bridge's, otherwise 1500, if not"
                                + " given."),
                Option.once(
                        NetworkReader.MAC,
                        Form.TEXT,
                        "",
                        "The hardware address of the interface; if not given, one made from the vassal's name, which"
                                + " stays the same."));
        return table.stream().map(option -> option.in(Group.NETWORK)).toList();
    }
}
