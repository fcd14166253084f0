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
                        "Whom the jail asks for the addresses of names. keep: whom the /etc/resolv.conf of its root says."
                                + " host: whom the host asks at the launch; in a network of the jail's own without servers"
                                + " on loopback, which are others there: where none but those is left, whom systemd-resolved"
                                + " or NetworkManager itself asks. none: nobody but dns. With host and none a file made for"
                                + " the jail, read-only, covers the one of the root, which has to be there, or a symbolic"
                                + " link in its place. Without this key: host where dns, dns-search or dns-option is given,"
                                + " and where net is private or bridge and the jail has a preset, or fs in clone and a root"
                                + " of its own, if /etc/resolv.conf is there and the file mounts nothing on it; else keep."
                                + " host and none need fs in clone."),
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
