package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.linux.plan.LookupSettings.AddedHost;
import org.emperor.linux.plan.LookupSettings.Source;

/** What the files say that are made for a jail to look up names with. */
final class LookupText {
    private static final String FIRST = "# made by the emperor for this jail";

    private LookupText() {}

    /** @param elsewhere whether the jail's network is not the host's */
    static String resolvConf(LookupSettings lookup, HostNames host, boolean elsewhere) {
        List<String> lines = new ArrayList<>(List.of(FIRST));
        Resolver resolver = resolver(lookup, host, elsewhere);
        if (lookup.source() == Source.HOST && lookup.servers().isEmpty() && elsewhere) {
            List<String> own = new ArrayList<>(host.resolver().servers());
            own.removeIf(Resolver::isReachable);
            if (!own.isEmpty()) {
                lines.add("# left out, for this network does not reach it: " + String.join(" ", own));
            }
        }
        if (resolver.servers().isEmpty()) {
            lines.add("# there is no name server; dns names one");
        }
        lines.addAll(resolver.lines());
        return text(lines);
    }

    /** Whom the jail asks. */
    static Resolver resolver(LookupSettings lookup, HostNames host, boolean elsewhere) {
        Resolver from = lookup.source() != Source.HOST ? Resolver.NONE : elsewhere ? host.elsewhere() : host.resolver();
        List<String> options = new ArrayList<>(from.options());
        options.addAll(lookup.options());
        return new Resolver(
                lookup.servers().isEmpty() ? from.servers() : lookup.servers(),
                lookup.search().orElse(from.search()),
                options);
    }

    /** @param addresses of the jail's interface; without any the host name is one of loopback's, as Debian does it */
    static String hosts(LookupSettings lookup, String hostname, List<IpNetwork> addresses) {
        List<String> lines =
                new ArrayList<>(List.of(FIRST, "127.0.0.1 localhost", "::1 localhost ip6-localhost ip6-loopback"));
        int dot = hostname.indexOf('.');
        String names = dot > 0 ? hostname + " " + hostname.substring(0, dot) : hostname;
        if (isWord(hostname)) {
            addresses.forEach(each -> lines.add(each.address() + " " + names));
            if (addresses.isEmpty()) {
                lines.add("127.0.1.1 " + names);
            }
        }
        for (AddedHost added : lookup.added()) {
            lines.add(added.address() + " " + added.name());
        }
        return text(lines);
    }

    /** A host may be called anything, sethostname(2). */
    private static boolean isWord(String hostname) {
        return !hostname.isEmpty() && hostname.chars().allMatch(c -> c > ' ' && c != '#' && c != 127);
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
