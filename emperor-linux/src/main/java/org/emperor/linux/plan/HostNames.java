package org.emperor.linux.plan;

/**
 * What this host is called and whom it asks for the addresses of names, as it was when somebody looked last.
 *
 * @param resolver of {@code /etc/resolv.conf}
 * @param upstream whom the host's own name server asks, where a file of systemd-resolved or NetworkManager tells
 */
public record HostNames(String hostname, Resolver resolver, Resolver upstream) {
    /** Of a host whose names systemd-resolved looks up, as on most; the server is an example's (RFC 5737). */
    public static final HostNames USUAL =
            new HostNames("host", Resolver.of("nameserver 127.0.0.53"), Resolver.of("nameserver 192.0.2.53"));

    /** What is of use in another network than the host's: not its own servers, but theirs. */
    Resolver elsewhere() {
        Resolver best = resolver.reachable().isEmpty() && !upstream.reachable().isEmpty() ? upstream : resolver;
        return new Resolver(best.reachable(), best.search(), best.options());
    }
}
