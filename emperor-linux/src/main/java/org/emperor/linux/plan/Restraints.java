package org.emperor.linux.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.emperor.linux.plan.Filters.Filter;
import org.emperor.linux.plan.Landlock.PathRule;
import org.emperor.linux.plan.Landlock.PortRule;

/**
 * What binds a program from its exec on and cannot be asked of the kernel afterwards: rules of Landlock and filters of system
 * calls. As text it is a file beside the jail, so that a visit is bound by what the running program is bound by, whatever its
 * file says by then.
 *
 * @param version of this kernel's Landlock
 */
public record Restraints(Optional<Landlock> landlock, int version, List<Filter> filters) {
    public static final Restraints NONE = new Restraints(Optional.empty(), 0, List.of());

    public Restraints {
        filters = List.copyOf(filters);
    }

    static Restraints of(Privileges privileges, LinuxFacts facts, Filters filters) {
        if (privileges.landlock().isEmpty() && privileges.seccomp().isEmpty()) {
            return NONE;
        }
        return new Restraints(
                privileges.landlock(),
                facts.confinement().landlock(),
                privileges
                        .seccomp()
                        .map(profile -> filters.compile(request(profile, privileges, facts)))
                        .orElse(List.of()));
    }

    static Filters.Request request(SeccompProfile profile, Privileges privileges, LinuxFacts facts) {
        long granted = privileges.boundsCapabilities() ? privileges.bounding().of(Capability.upTo(facts.capLast())) : 0;
        return new Filters.Request(profile, facts.arch(), granted, facts.kernel());
    }

    boolean isAny() {
        return landlock.isPresent() || !filters.isEmpty();
    }

    /** A line for each rule and filter; {@link #parse} is the other side. */
    String text() {
        StringBuilder text = new StringBuilder();
        landlock.ifPresent(rules -> {
            line(text, "landlock", version, rules.onlyPorts(), rules.scopes(), rules.usualScopes());
            for (PathRule rule : rules.paths()) {
                line(text, "path", rule.writes(), rule.mayLack(), encoded(rule.path()));
            }
            for (PortRule rule : rules.ports()) {
                line(text, "port", rule.access(), rule.port());
            }
        });
        for (Filter filter : filters) {
            line(text, "filter", encoded(filter.about()), Base64.getEncoder().encodeToString(filter.program()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String word, Object... fields) {
        text.append(word);
        for (Object field : fields) {
            text.append(' ').append(field);
        }
        text.append('\n');
    }

    /** @throws IllegalArgumentException if this emperor did not write it */
    public static Restraints parse(String text) {
        List<PathRule> paths = new ArrayList<>();
        List<PortRule> ports = new ArrayList<>();
        List<Filter> filters = new ArrayList<>();
        long[] landlock = {};
        for (String line : text.lines().toList()) {
            String[] fields = line.split(" ", -1);
            switch (fields[0] + " " + fields.length) {
                case "landlock 5" -> landlock = numbers(fields);
                case "path 4" ->
                    paths.add(new PathRule(
                            decoded(fields[3]), Boolean.parseBoolean(fields[1]), Boolean.parseBoolean(fields[2])));
                case "port 3" -> ports.add(new PortRule(numbers(fields)[0], (int) numbers(fields)[1]));
                case "filter 3" -> filters.add(new Filter(Base64.getDecoder().decode(fields[2]), decoded(fields[1])));
                default -> throw new IllegalArgumentException("\"" + line + "\" is no restraint");
            }
        }
        if (landlock.length == 0 && (!paths.isEmpty() || !ports.isEmpty())) {
            throw new IllegalArgumentException("rules without their ruleset");
        }
        return landlock.length == 0
                ? new Restraints(Optional.empty(), 0, filters)
                : new Restraints(
                        Optional.of(new Landlock(paths, ports, landlock[1], landlock[2], landlock[3])),
                        (int) landlock[0],
                        filters);
    }

    private static long[] numbers(String[] fields) {
        long[] numbers = new long[fields.length - 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Long.parseLong(fields[i + 1]);
        }
        return numbers;
    }

    /** Whatever a path or a name consists of, it is one word. */
    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String word) {
        return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
    }
}
