package org.emperor.linux.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a vassal file says of looking up names in its jail: the files resolv.conf(5) and hosts(5).
 *
 * @param source what /etc/resolv.conf begins with
 * @param ownHosts whether /etc/hosts is made for the jail
 * @param servers in place of the source's; empty if the file names none
 * @param search the domains in place of the source's, if the file says anything of them
 * @param options beside the source's
 * @param added the lines that the file adds to /etc/hosts
 * @param asksServers whether it is the file that asks for a resolv.conf, so that there must be a place for it
 * @param asksHosts the same of hosts
 */
record LookupSettings(
        Source source,
        boolean ownHosts,
        List<String> servers,
        Optional<List<String>> search,
        List<String> options,
        List<AddedHost> added,
        boolean asksServers,
        boolean asksHosts) {
    static final String RESOLV_CONF = "/etc/resolv.conf";
    static final String HOSTS = "/etc/hosts";

    /** Both are as the jail's root has them. */
    static final LookupSettings KEEP =
            new LookupSettings(Source.KEEP, false, List.of(), Optional.empty(), List.of(), List.of(), false, false);

    enum Source {
        KEEP,
        HOST,
        NONE;

        static final String ALLOWED = "keep, host, none";

        static Optional<Source> parse(String word) {
            for (Source source : values()) {
                if (source.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return Optional.of(source);
                }
            }
            return Optional.empty();
        }
    }

    record AddedHost(String name, IpAddress address) {}

    LookupSettings {
        servers = List.copyOf(servers);
        options = List.copyOf(options);
        added = List.copyOf(added);
    }

    boolean makesResolvConf() {
        return source != Source.KEEP;
    }

    /** Whether anything is mounted because of them. */
    boolean isAny() {
        return makesResolvConf() || ownHosts;
    }

    /** Whether the file itself wants that; otherwise the jail does without what has no place. */
    boolean isAsked() {
        return (makesResolvConf() && asksServers) || (ownHosts && asksHosts);
    }

    /** Whether what the host says now counts. */
    boolean wantsHost() {
        return source == Source.HOST || ownHosts;
    }
}
