package org.emperor.linux.plan;

import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;

/** The keys for how names are looked up in a jail. */
final class LookupOptions {
    private LookupOptions() {}

    static List<Option> table() {
        List<Option> table = List.of(
                Option.once(
                        LookupReader.RESOLV_CONF,
                        Form.TEXT,
                        "",
                        "Whom the jail asks for the addresses of names. keep: whom the /etc/resolv.conf of its root names."
                                + " host: whom the host asks at the launch; in a network of the jail's own no servers on"
                                + " loopback, which are others there, but whom systemd-resolved or NetworkManager asks in"
                                + " their place. none: nobody but dns. With host and none a read-only file made for the"
                                + " jail covers that of its root, which has to be there; it may be a symbolic link. Both"
                                + " need fs in clone. A launch fails, and is tried again, where the file says host and the"
                                + " jail could reach no server. Without this key: host where dns, dns-search or dns-option"
                                + " is given, and where net is private or bridge, with fs in clone and a preset or a root of"
                                + " the jail's own, unless /etc/resolv.conf is missing there or the file mounts something"
                                + " on it; else keep."),
                Option.list(
                        LookupReader.DNS,
                        Form.TEXT,
                        "The address of a name server, in place of the host's; at most three, for no more are asked"
                                + " (resolv.conf(5))."),
                Option.list(
                        LookupReader.DNS_SEARCH,
                        Form.TEXT,
                        "A domain in which short names are looked up, in place of the host's. A single dot: none."),
                Option.list(
                        LookupReader.DNS_OPTION,
                        Form.TEXT,
                        "An option of resolv.conf(5) beside the host's, as ndots:2."),
                Option.once(
                        LookupReader.HOSTS,
                        Form.TEXT,
                        "",
                        "own: a file made for the jail, read-only, covers the /etc/hosts of its root, and has localhost,"
                                + " the jail's host name with its address, 127.0.1.1 where it has none, and what add-host"
                                + " says. keep: the root's own. Without this key: own where add-host is given and where"
                                + " resolv-conf would be host because of net; else keep. own needs fs in clone."),
                Option.list(
                        LookupReader.ADD_HOST,
                        Form.TEXT,
                        "NAME:ADDRESS: a further line of /etc/hosts; the IPv4 or IPv6 address of that name."));
        return table.stream().map(option -> option.in(Group.NETWORK)).toList();
    }
}
