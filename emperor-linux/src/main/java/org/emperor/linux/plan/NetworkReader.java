package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.linux.plan.NetworkSettings.Mode;
import org.jspecify.annotations.Nullable;

/** Reads the keys of the network; made when a file has the first of them. */
final class NetworkReader {
    static final String NET = "net";
    static final String ADDRESS = "net-address";
    static final String GATEWAY = "net-gateway";
    static final String NAME = "net-name";
    static final String MTU = "net-mtu";
    static final String MAC = "net-mac";

    private static final String USUAL_NAME = "eth0";
    private static final int LONGEST_NAME = 15; // IFNAMSIZ less its NUL, netdevice(7)
    private static final int SMALLEST_MTU = 68; // RFC 791
    private static final int SMALLEST_MTU_OF_SIX = 1280; // RFC 8200
    private static final int LARGEST_MTU = 65535;

    private final List<Problem> problems;
    private final List<Setting> others = new ArrayList<>();
    private @Nullable Setting net;
    private Mode mode = Mode.NONE;
    private String bridge = "";
    private final List<IpNetwork> addresses = new ArrayList<>();
    private final List<IpAddress> gateways = new ArrayList<>();
    private boolean routed = true;
    private String name = USUAL_NAME;
    private int mtu;
    private String mac = "";

    NetworkReader(List<Problem> problems) {
        this.problems = problems;
    }

    void read(Setting setting) {
        if (setting.key().equals(NET)) {
            net(setting);
        } else {
            others.add(setting); // what they mean depends on net
        }
    }

    private void net(Setting setting) {
        net = setting;
        switch (setting.value()) {
            case "none" -> mode = Mode.NONE;
            case "host" -> mode = Mode.HOST;
            case "private" -> mode = Mode.PRIVATE;
            default -> bridge(setting);
        }
    }

    private void bridge(Setting setting) {
        mode = Mode.BRIDGE;
        String[] words = setting.value().split(" +", -1);
        if (words.length != 2 || !words[0].equals("bridge")) {
            problem(setting, "no such network", "allowed: none, host, private, bridge NAME");
        } else if (!isName(words[1])) {
            problem(setting, "\"" + words[1] + "\" is no name of an interface", "name a bridge of the host");
        } else {
            bridge = words[1];
        }
    }

    /** @param namespaces those of the file so far; the network's is added if it is wanted */
    NetworkSettings settings(Set<Namespace> namespaces) {
        Setting asked = net;
        if (asked == null) {
            others.forEach(setting -> problem(setting, "counts only beside net", "write net = private"));
        } else if (mode == Mode.HOST && namespaces.contains(Namespace.NET)) {
            problem(asked, "host is the emperor's network, but a network namespace is asked for", "remove one of them");
        } else if (mode != Mode.HOST) {
            namespaces.add(Namespace.NET);
        }
        if (asked != null) {
            others.stream().filter(setting -> setting.key().equals(ADDRESS)).forEach(this::detail);
            others.stream().filter(setting -> !setting.key().equals(ADDRESS)).forEach(this::detail);
        }
        return new NetworkSettings(mode, bridge, addresses, gateways, routed, name, mtu, mac);
    }

    private void detail(Setting setting) {
        if (mode == Mode.NONE || mode == Mode.HOST) {
            problem(setting, "there is no interface of the jail's own", "write net = private or net = bridge NAME");
            return;
        }
        switch (setting.key()) {
            case ADDRESS -> address(setting);
            case GATEWAY -> gateway(setting);
            case NAME -> name(setting);
            case MTU -> mtu(setting);
            default -> mac(setting);
        }
    }

    private void address(Setting setting) {
        Optional<IpNetwork> network = IpNetwork.parse(setting.value());
        if (network.isEmpty()) {
            problem(setting, "no address with a prefix", "write it like 10.0.0.5/24 or fd00::5/64");
        } else if (!network.get().address().isOrdinary()) {
            problem(setting, "an interface cannot have this address", "give one of a single host");
        } else if (mode == Mode.PRIVATE && !network.get().isAlone()) {
            problem(setting, "a private network holds no other host", "leave the prefix out");
        } else if (mode == Mode.BRIDGE && setting.value().indexOf('/') < 0) {
            problem(setting, "without a prefix nothing is near", "write it like 10.0.0.5/24");
        } else if (addresses.stream()
                .anyMatch(it -> it.address().equals(network.get().address()))) {
            problem(setting, "this address is given twice", "remove one of them");
        } else {
            addresses.add(network.get());
        }
    }

    private void gateway(Setting setting) {
        Optional<IpAddress> gateway = IpAddress.parse(setting.value());
        if (setting.value().equals("none")) {
            routed = false;
            refuse(!gateways.isEmpty(), setting, "none beside a gateway", "remove one of them");
        } else if (mode == Mode.PRIVATE) {
            problem(setting, "the gateway of a private network is the host", "allowed: none");
        } else if (gateway.isEmpty() || !gateway.get().isOrdinary()) {
            problem(setting, "no address", "write one without a prefix, or none");
        } else if (gateways.stream().anyMatch(it -> it.isSix() == gateway.get().isSix())) {
            problem(setting, "there is a gateway already", "give one of IPv4 and one of IPv6 at most");
        } else if (!isNear(gateway.get())) {
            problem(setting, "in the network of no net-address", "give an address near one of them");
        } else {
            gateways.add(gateway.get());
            refuse(!routed, setting, "a gateway beside none", "remove one of them");
        }
    }

    private void name(Setting setting) {
        name = setting.value();
        if (!isName(name) || name.equals("lo")) {
            problem(
                    setting,
                    "no name of an interface",
                    "1 to 15 letters, digits, and . _ - after the first, but not lo");
        }
    }

    private void mtu(Setting setting) {
        mtu = setting.value().length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(setting.value()); // its form: a count
        if (mtu < SMALLEST_MTU || mtu > LARGEST_MTU) {
            problem(setting, "out of range", "write 68 to 65535");
        } else if (mtu < SMALLEST_MTU_OF_SIX
                && addresses.stream().anyMatch(it -> it.address().isSix())) {
            problem(setting, "too small for IPv6", "write at least 1280");
        }
    }

    /** The lowest bit of the first byte is set in the addresses of groups. */
    private void mac(Setting setting) {
        mac = setting.value();
        boolean form = mac.length() == 17;
        for (int i = 0; form && i < mac.length(); i++) {
            form = i % 3 == 2 ? mac.charAt(i) == ':' : "0123456789abcdefABCDEF".indexOf(mac.charAt(i)) >= 0;
        }
        if (!form) {
            problem(setting, "no hardware address", "write it like 02:12:34:56:78:9a");
        } else if ((Integer.parseInt(mac.substring(0, 2), 16) & 1) != 0 || mac.equals("00:00:00:00:00:00")) {
            problem(setting, "an interface cannot have this address", "begin it with 02");
        }
    }

    private boolean isNear(IpAddress gateway) {
        return addresses.stream()
                .anyMatch(network -> network.contains(gateway)
                        || (gateway.isLinkLocalSix() && network.address().isSix()));
    }

    /** Fewer characters than the kernel allows: a name is also a directory of sysctls, where "all" is taken. */
    private static boolean isName(String name) {
        boolean good = !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && !Set.of("all", "default").contains(name);
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            boolean plain =
                    "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(Character.toLowerCase(letter)) >= 0 && letter < 128;
            good &= plain || (i > 0 && "._-".indexOf(letter) >= 0);
        }
        return good;
    }

    private void refuse(boolean wrong, Setting setting, String rule, String remedy) {
        if (wrong) {
            problem(setting, rule, remedy);
        }
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
