package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.emperor.jail.NetworkStep;
import org.emperor.lang.Problem;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of the network: what they refuse, and what else they lead to. */
class NetworkKeysTest {
    private static final String PLAIN = "[vassal]\nexec = /a\n";

    private static String problems(String lines) {
        return problems(lines, TestHost.UNIFIED);
    }

    private static String problems(String lines, LinuxFacts facts) {
        return LinuxPlanner.check(TestHost.spec(PLAIN + lines + "\n"), facts.toFacts()).stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
    }

    private static String network(String lines) {
        return TestHost.plan(PLAIN + lines + "\n", TestHost.UNIFIED).network().stream()
                .map(NetworkStep::text)
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "bridge br0 br1", "macvlan eth0", "Private", "private br0", "none host"})
    void unknownNetworkIsRefused(String value) {
        assertEquals(
                "api.ini:3:7: net: no such network; allowed: none, host, private, bridge NAME",
                problems("net = " + value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"br/0", "0123456789abcdef", ".", "..", "br:0", "all", "default", "-br", "bré"})
    void bridgeHasTheNameOfAnInterface(String name) {
        assertEquals(
                "api.ini:3:7: net: \"" + name + "\" is no name of an interface; name a bridge of the host",
                problems("net = bridge " + name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"net-address = 10.0.0.5", "net-gateway = none", "net-name = a", "net-mtu = 1400"})
    void detailsCountOnlyWithAnInterfaceOfTheJailsOwn(String line) {
        String place = "api.ini:3:" + (line.indexOf('=') + 3) + ": " + line.substring(0, line.indexOf(' '));
        assertEquals(place + ": counts only beside net; write net = private", problems(line));
        for (String mode : new String[] {"none", "host"}) {
            assertEquals(
                    place + ": there is no interface of the jail's own; write net = private or net = bridge NAME",
                    problems(line + "\nnet = " + mode));
        }
        assertEquals("", problems(line + "\nnet = private"), "in whatever order");
    }

    @Test
    void hostsNetworkAndANamespaceExcludeEachOther() {
        assertEquals(
                "api.ini:4:7: net: host is the emperor's network, but a network namespace is asked for; remove one of"
                        + " them",
                problems("clone = fs,net\nnet = host"));
        assertEquals("", problems("clone = fs\nnet = host"));
    }

    @Test
    void hostsNetworkCountsBeforeAPreset() {
        String strict = PLAIN + "jail-preset = strict\n";
        assertTrue(TestHost.plan(strict, TestHost.UNIFIED).cloneText().contains("CLONE_NEWNET"));
        assertFalse(TestHost.plan(strict + "net = host\n", TestHost.UNIFIED)
                .cloneText()
                .contains("CLONE_NEWNET"));
        assertTrue(TestHost.plan(strict + "net = private\n", TestHost.UNIFIED)
                .cloneText()
                .contains("CLONE_NEWNET"));
    }

    @Test
    void everyOtherNetworkIsANamespace() {
        for (String mode : new String[] {"none", "private", "bridge br0"}) {
            assertTrue(TestHost.plan(PLAIN + "net = " + mode + "\n", TestHost.UNIFIED)
                    .cloneText()
                    .contains("CLONE_NEWNET"));
            assertTrue(needs(TestHost.spec(PLAIN + "net = " + mode + "\n")).network());
        }
        assertFalse(TestHost.plan(PLAIN + "net = host\n", TestHost.UNIFIED)
                .cloneText()
                .contains("CLONE_NEWNET"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.5/33|no address with a prefix; write it like 10.0.0.5/24 or fd00::5/64",
                "db.example/24|no address with a prefix; write it like 10.0.0.5/24 or fd00::5/64",
                "10.0.0.5|without a prefix nothing is near; write it like 10.0.0.5/24",
                "127.0.0.1/8|an interface cannot have this address; give one of a single host",
                "ff02::1/64|an interface cannot have this address; give one of a single host"
            })
    void badAddressOnABridgeIsRefused(String address, String why) {
        assertEquals("api.ini:4:15: net-address: " + why, problems("net = bridge br0\nnet-address = " + address));
    }

    @Test
    void privateNetworkHoldsNobodyElse() {
        assertEquals(
                "api.ini:4:15: net-address: a private network holds no other host; leave the prefix out",
                problems("net = private\nnet-address = 10.0.0.5/24"));
        assertEquals(
                "api.ini:4:15: net-gateway: the gateway of a private network is the host; allowed: none",
                problems("net = private\nnet-gateway = 10.0.0.1"));
        assertEquals("", problems("net = private\nnet-address = 10.0.0.5/32\nnet-gateway = none"));
    }

    @Test
    void addressTwiceIsRefused() {
        assertEquals(
                "api.ini:5:15: net-address: this address is given twice; remove one of them",
                problems("net = bridge b\nnet-address = fd00::5/64\nnet-address = fd00:0::5/80"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.1.1|in the network of no net-address; give an address near one of them",
                "fe80::1|in the network of no net-address; give an address near one of them",
                "10.0.0.1/24|no address; write one without a prefix, or none",
                "gate|no address; write one without a prefix, or none"
            })
    void badGatewayIsRefused(String gateway, String why) {
        String lines = "net = bridge br0\nnet-address = 10.0.0.5/24\nnet-gateway = " + gateway;
        assertEquals("api.ini:5:15: net-gateway: " + why, problems(lines));
    }

    @Test
    void gatewaysAreOneOfAKind() {
        String lines = "net = bridge br0\nnet-address = 10.0.0.5/24\nnet-gateway = 10.0.0.1\nnet-gateway = ";
        assertEquals(
                "api.ini:6:15: net-gateway: there is a gateway already; give one of IPv4 and one of IPv6 at most",
                problems(lines + "10.0.0.2"));
        assertEquals("api.ini:6:15: net-gateway: none beside a gateway; remove one of them", problems(lines + "none"));
    }

    @Test
    void routerOfALinkIsNearEveryIpv6Address() {
        assertEquals("", problems("net = bridge br0\nnet-address = fd00::5/64\nnet-gateway = fe80::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lo", "eth/0", "0123456789abcdef", "a b", ".x"})
    void badNameIsRefused(String name) {
        assertEquals(
                "api.ini:4:12: net-name: no name of an interface; 1 to 15 letters, digits, and . _ - after the first,"
                        + " but not lo",
                problems("net = private\nnet-name = " + name));
    }

    @Test
    void mtuHasBounds() {
        String refused = "api.ini:4:11: net-mtu: out of range; write 68 to 65535";
        assertEquals(refused, problems("net = private\nnet-mtu = 67"));
        assertEquals(refused, problems("net = private\nnet-mtu = 65536"));
        assertEquals(refused, problems("net = private\nnet-mtu = 999999999999999"));
        assertEquals("", problems("net = private\nnet-mtu = 68"));
        assertEquals(
                "api.ini:4:11: net-mtu: too small for IPv6; write at least 1280",
                problems("net = private\nnet-mtu = 1279\nnet-address = fd00::1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "02:00:00:00:00|no hardware address; write it like 02:12:34:56:78:9a",
                "02-00-00-00-00-01|no hardware address; write it like 02:12:34:56:78:9a",
                "0x:00:00:00:00:01|no hardware address; write it like 02:12:34:56:78:9a",
                "03:00:00:00:00:01|an interface cannot have this address; begin it with 02",
                "00:00:00:00:00:00|an interface cannot have this address; begin it with 02"
            })
    void badHardwareAddressIsRefused(String mac, String why) {
        assertEquals("api.ini:4:11: net-mac: " + why, problems("net = private\nnet-mac = " + mac));
    }

    @Test
    void wireNeedsARightOverTheHostsNetwork() {
        Means poor = new Means(~(1L << Means.CAP_NET_ADMIN), 0, 0, 4, 1 << 20, Map.of());
        LinuxFacts facts =
                new LinuxFacts(Arch.X86_64, "6.1", true, true, true, Cgroups.unified("/cg"), 1 << 30, 4096, 40, poor);
        String refused =
                "api.ini:3:7: net: needs CAP_NET_ADMIN and CAP_SYS_ADMIN, which this emperor has not; write net ="
                        + " none, or run the emperor as root, or remove it";
        assertEquals(refused, problems("net = private", facts));
        assertEquals(refused, problems("net = bridge br0", facts));
        assertEquals("", problems("net = none", facts));
        assertEquals(
                "api.ini:3:7: net: needs CAP_SYS_ADMIN, which this emperor has not; add user to clone, or run the emperor as"
                        + " root, or remove it",
                problems("net = none", TestHost.NOT_ROOT));
    }

    @Test
    void withoutTheKeysThereIsNoNetworkSection() {
        assertEquals("", network(""));
        assertEquals("", network("clone = net"));
        assertEquals("", network("net = none"));
        assertFalse(TestHost.plan(PLAIN, TestHost.UNIFIED).toString().contains("\nnetwork\n"));
    }

    @Test
    void addressIsAskedForOnlyWhereNoneIsGiven() {
        assertTrue(needs(TestHost.spec(PLAIN + "net = private\n")).address());
        assertFalse(needs(TestHost.spec(PLAIN + "net = private\nnet-address = fd00::1\n"))
                .address());
        assertFalse(needs(TestHost.spec(PLAIN + "net = bridge br0\n")).address());
        assertFalse(needs(TestHost.spec(PLAIN)).address());
    }

    @Test
    void noGatewayMeansNoDefaultRoute() {
        assertTrue(network("net = private").contains("dst=default"));
        assertFalse(network("net = private\nnet-gateway = none").contains("dst=default"));
        assertFalse(network("net = bridge br0\nnet-address = 10.0.0.5/24").contains("dst=default"));
    }

    @Test
    void namesOnTheHostAreShortAndTellRealmsAndIncarnationsApart() {
        Set<String> seen = new HashSet<>();
        for (String realm : new String[] {"0123abcd", "0123abce"}) {
            for (int i = 1; i <= 1000; i++) {
                String name = LinkNames.hostEnd(realm, new IncarnationId(new VassalName("web"), i));
                assertTrue(name.matches("ev[a-z2-7]{13}"), name);
                assertTrue(seen.add(name), name);
                assertTrue(LinkNames.isHostEnd(name, realm));
                assertFalse(LinkNames.isHostEnd(name, "89abcdef"));
            }
        }
        assertFalse(LinkNames.isHostEnd("eth0", "0123abcd"));
    }

    @Test
    void hardwareAddressesAreAVassalsOwnAndStay() {
        String web = LinkNames.jailMac("0123abcd", new VassalName("web"));
        assertTrue(web.matches("02(:[0-9a-f]{2}){5}"), web);
        assertEquals(web, LinkNames.jailMac("0123abcd", new VassalName("web")));
        assertNotEquals(web, LinkNames.jailMac("0123abcd", new VassalName("db")));
        assertNotEquals(web, LinkNames.jailMac("0123abce", new VassalName("web")));
        assertTrue(LinkNames.hostMac("0123abcd").startsWith("fe:"), "above every other port's");
    }

    private static LaunchNeeds needs(VassalSpec spec) {
        return LinuxPlanner.needs(spec, TestHost.UNIFIED.toFacts(), List.of());
    }
}
