package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What a resolv.conf(5) says of where and how names are looked up; {@code sortlist} is left out.
 *
 * @param servers addresses as they stand there, in their order
 * @param search the domains of its last {@code search} or {@code domain}
 * @param options the words of all its {@code options}
 */
public record Resolver(List<String> servers, List<String> search, List<String> options) {
    public static final Resolver NONE = new Resolver(List.of(), List.of(), List.of());

    public Resolver {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
        options = List.copyOf(options);
    }

    /** What is no word of printable ASCII counts as not there. */
    public static Resolver parse(List<String> lines) {
        List<String> servers = new ArrayList<>();
        List<String> search = new ArrayList<>();
        List<String> options = new ArrayList<>();
        for (String line : lines) {
            List<String> words = words(line);
            if (words.size() < 2) {
                continue;
            }
            List<String> rest = words.subList(1, words.size());
            switch (words.get(0)) {
                case "nameserver" -> servers.add(rest.get(0));
                case "domain" -> replace(search, rest.subList(0, 1));
                case "search" -> replace(search, rest);
                case "options" -> options.addAll(rest);
                default -> {} // a comment, or of no use elsewhere
            }
        }
        return new Resolver(servers, search, options);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.strip().split("[ \t]+", -1)) {
            if (isPlain(word)) {
                words.add(word);
            }
        }
        return words;
    }

    private static boolean isPlain(String word) {
        boolean plain = !word.isEmpty();
        for (int i = 0; i < word.length(); i++) {
            plain &= word.charAt(i) > ' ' && word.charAt(i) < 127 && word.charAt(i) != ';';
        }
        return plain;
    }

    private static void replace(List<String> all, List<String> by) {
        all.clear();
        all.addAll(by);
    }

    /** The lines of a file that says so, without comments. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        servers.forEach(server -> lines.add("nameserver " + server));
        if (!search.isEmpty()) {
            lines.add("search " + String.join(" ", search));
        }
        if (!options.isEmpty()) {
            lines.add("options " + String.join(" ", options));
        }
        return lines;
    }

    /** As a fact: the lines in one. */
    String text() {
        return String.join("; ", lines());
    }

    static Resolver of(String fact) {
        return parse(List.of(fact.split(";", -1)));
    }

    /** Its servers that another network reaches too, as far as their addresses tell. */
    List<String> reachable() {
        return servers.stream().filter(Resolver::isReachable).toList();
    }

    /** Loopback is another one in every network, and an address of a link means nothing without that link. */
    static boolean isReachable(String server) {
        return IpAddress.parse(server)
                .filter(address -> address.isOrdinary() && !address.isLinkLocalSix())
                .isPresent();
    }
}
