package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.linux.plan.Landlock.PathRule;
import org.emperor.linux.plan.Landlock.PortRule;

/** Reads the lines of {@code landlock}, each of which adds a rule. */
final class LandlockReader {
    private static final String NONE = "none";
    private static final String DEFAULT = "default";
    private static final int LARGEST_PORT = 65535;
    private static final String ALLOWED =
            "allowed: none, default, ro:PATH, rw:PATH, bind:PORT, connect:PORT, scope:signals, scope:abstract-sockets";

    private final List<Problem> problems;
    private final List<Setting> given = new ArrayList<>();
    private final List<PathRule> paths = new ArrayList<>();
    private final List<PortRule> ports = new ArrayList<>();
    private long onlyPorts;
    private long scopes;
    private boolean usual;
    private boolean none;

    LandlockReader(List<Problem> problems) {
        this.problems = problems;
    }

    void read(Setting setting) {
        given.add(setting);
        String value = setting.value();
        int colon = value.indexOf(':');
        String word = colon < 0 ? value : value.substring(0, colon);
        String rest = colon < 0 ? "" : value.substring(colon + 1);
        switch (word) {
            case "ro", "rw" -> path(setting, word.equals("rw"), rest);
            case "bind" -> port(setting, Landlock.BIND, rest);
            case "connect" -> port(setting, Landlock.CONNECT, rest);
            case "scope" -> scope(setting, rest);
            default -> word(setting);
        }
    }

    private void word(Setting setting) {
        none |= setting.value().equals(NONE);
        usual |= setting.value().equals(DEFAULT);
        if (!setting.value().equals(NONE) && !setting.value().equals(DEFAULT)) {
            problem(setting, "no such rule", ALLOWED);
        } else if (none && given.size() > 1) {
            problem(setting, "none stands beside other rules", "remove it, or them");
        }
    }

    private void path(Setting setting, boolean writes, String path) {
        if (!path.startsWith("/")) {
            problem(setting, "\"" + path + "\" is not an absolute path", "write it as the jail sees it, from /");
        }
        paths.add(new PathRule(path, writes, false));
    }

    private void port(Setting setting, long access, String port) {
        onlyPorts |= access;
        boolean number = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number && Integer.parseInt(port) <= LARGEST_PORT) {
            ports.add(new PortRule(access, Integer.parseInt(port)));
        } else if (!port.equals(NONE)) {
            problem(setting, "\"" + port + "\" is not a port", "write 0 to 65535, or none for no port at all");
        }
    }

    private void scope(Setting setting, String scope) {
        switch (scope) {
            case "signals" -> scopes |= Landlock.SIGNALS;
            case "abstract-sockets" -> scopes |= Landlock.ABSTRACT_SOCKETS;
            default -> problem(setting, "no such scope", "allowed: signals, abstract-sockets");
        }
    }

    /** The rules of the file; the usual ones where it has none and its preset has them. */
    Optional<Landlock> landlock(FileSystemSettings files) {
        if (none || (given.isEmpty() && !files.preset().landlock())) {
            return Optional.empty();
        }
        boolean begins = usual || given.isEmpty();
        Landlock start = begins ? Landlock.usual(files.mounts()) : new Landlock(List.of(), List.of(), 0, 0, 0);
        List<PathRule> all = new ArrayList<>(start.paths());
        all.addAll(paths);
        return Optional.of(new Landlock(all, ports, onlyPorts, scopes, start.usualScopes()));
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
