package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.linux.plan.LookupSettings.AddedHost;
import org.emperor.linux.plan.LookupSettings.Source;
import org.jspecify.annotations.Nullable;

/** Reads the keys of {@link LookupOptions}. */
final class LookupReader {
    static final String RESOLV_CONF = "resolv-conf";
    static final String DNS = "dns";
    static final String DNS_SEARCH = "dns-search";
    static final String DNS_OPTION = "dns-option";
    static final String HOSTS = "hosts";
    static final String ADD_HOST = "add-host";

    private static final int MOST_SERVERS = 3; // MAXNS, resolv.conf(5)
    private static final int LONGEST_NAME = 253; // RFC 1035

    private final List<Problem> problems;
    private final List<Setting> settings = new ArrayList<>();
    private final List<String> servers = new ArrayList<>();
    private final List<String> search = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<AddedHost> added = new ArrayList<>();
    private @Nullable Source source;
    private @Nullable Boolean ownHosts;
    private boolean searched;

    LookupReader(List<Problem> problems) {
        this.problems = problems;
    }

    void read(Setting setting) {
        settings.add(setting);
        switch (setting.key()) {
            case RESOLV_CONF ->
                Source.parse(setting.value())
                        .ifPresentOrElse(
                                known -> source = known,
                                () -> problem(setting, "no such source", "allowed: " + Source.ALLOWED));
            case DNS -> server(setting);
            case DNS_SEARCH -> search(setting);
            case DNS_OPTION -> option(setting);
            case HOSTS -> hosts(setting);
            case ADD_HOST -> host(setting);
            default -> throw new IllegalStateException(setting.key());
        }
    }

    /**
     * @param usual whether both files are made for this jail if its file says nothing of them
     * @param covered where the file itself mounts something
     */
    LookupSettings settings(Set<Namespace> namespaces, boolean usual, Set<String> covered) {
        boolean details = settings.stream().anyMatch(setting -> isDetail(setting.key()));
        boolean asksServers = source != null || details;
        boolean asksHosts = ownHosts != null || !added.isEmpty();
        boolean made = details || (usual && !covered.contains(LookupSettings.RESOLV_CONF));
        boolean hosted = !added.isEmpty() || (usual && !covered.contains(LookupSettings.HOSTS));
        LookupSettings read = new LookupSettings(
                source != null ? source : made ? Source.HOST : Source.KEEP,
                ownHosts != null ? ownHosts : hosted,
                servers,
                searched ? Optional.of(List.copyOf(search)) : Optional.empty(),
                options,
                added,
                asksServers,
                asksHosts);
        settings.forEach(setting -> check(setting, read, namespaces, covered));
        return read;
    }

    private static boolean isDetail(String key) {
        return key.equals(DNS) || key.equals(DNS_SEARCH) || key.equals(DNS_OPTION);
    }

    private void check(Setting setting, LookupSettings read, Set<Namespace> namespaces, Set<String> covered) {
        boolean ofServers = setting.key().equals(RESOLV_CONF) || isDetail(setting.key());
        boolean made = ofServers ? read.makesResolvConf() : read.ownHosts();
        boolean detail = isDetail(setting.key()) || setting.key().equals(ADD_HOST);
        String path = ofServers ? LookupSettings.RESOLV_CONF : LookupSettings.HOSTS;
        if (!made && detail) {
            String remedy = ofServers ? "write resolv-conf = host or none" : "write hosts = own";
            problem(setting, "counts only where " + path + " is not kept", remedy);
        } else if (made && !namespaces.contains(Namespace.FS)) {
            problem(setting, "would change the host without a namespace of its own", "add fs to clone");
        } else if (made && covered.contains(path)) {
            problem(setting, "this file mounts something else on " + path, "remove one of them");
        }
    }

    private void server(Setting setting) {
        Optional<IpAddress> address = IpAddress.parse(setting.value());
        if (address.isEmpty()) {
            problem(setting, "no address", "write one like 10.0.0.53 or fd00::53");
        } else if (servers.size() == MOST_SERVERS) {
            problem(setting, "no more than three servers are asked", "remove one of them");
        } else {
            servers.add(address.get().toString());
        }
    }

    private void search(Setting setting) {
        boolean none = setting.value().equals(".");
        if (!none && !isName(setting.value())) {
            problem(setting, "no domain", "write one like example.org, or a single dot for none");
        } else if (searched && (none || search.isEmpty())) {
            problem(setting, "a dot beside a domain", "remove one of them");
        } else if (!none) {
            search.add(setting.value());
        }
        searched = true;
    }

    private void option(Setting setting) {
        String value = setting.value();
        boolean plain = !value.isEmpty();
        for (int i = 0; i < value.length(); i++) {
            plain &= isLetterOrDigit(value.charAt(i)) || "-_:".indexOf(value.charAt(i)) >= 0;
        }
        if (!plain) {
            problem(setting, "no option of resolv.conf(5)", "write one word, as ndots:2");
        }
        options.add(value);
    }

    private void hosts(Setting setting) {
        switch (setting.value()) {
            case "own" -> ownHosts = true;
            case "keep" -> ownHosts = false;
            default -> problem(setting, "no such file", "allowed: keep, own");
        }
    }

    private void host(Setting setting) {
        int colon = setting.value().indexOf(':');
        String name = colon < 0 ? setting.value() : setting.value().substring(0, colon);
        Optional<IpAddress> address =
                IpAddress.parse(colon < 0 ? "" : setting.value().substring(colon + 1));
        if (!isName(name)) {
            problem(setting, "\"" + name + "\" is no host name", "write NAME:ADDRESS");
        } else if (address.isEmpty()) {
            problem(setting, "no address after the name", "write it like db:10.0.0.5 or db:fd00::5");
        } else {
            added.add(new AddedHost(name, address.get()));
        }
    }

    /** Labels of letters, digits, - and _ between dots. */
    private static boolean isName(String name) {
        boolean good = name.length() <= LONGEST_NAME;
        for (String label : name.split("\\.", -1)) {
            good &= !label.isEmpty() && label.charAt(0) != '-';
            for (int i = 0; i < label.length(); i++) {
                good &= isLetterOrDigit(label.charAt(i)) || "-_".indexOf(label.charAt(i)) >= 0;
            }
        }
        return good;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
