package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.emperor.linux.plan.LinkNames;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The wires between jails and their host, seen from both ends; the host is a network namespace of this test's own. */
@Tag("kernel")
class NetworkTest {
    private static final String PORT = "7100";
    private static final int CROWD = 100;

    private final Place place = new Place();
    private final OwnNetwork host = new OwnNetwork(place);
    private RunningEmperor emperor;

    @BeforeEach
    void start() {
        emperor = RunningEmperor.inNetworkOf(host.pid(), place);
    }

    @AfterEach
    void stop() {
        try {
            emperor.end();
        } finally {
            host.close();
        }
    }

    private String answers(String... lines) {
        return "exec = " + emperor.probe("network", "serve:" + PORT) + "\n" + String.join("\n", lines);
    }

    private void serving(String vassal, String... lines) {
        emperor.drop(vassal, answers(lines), "clone = fs,uts,ipc,pid\nhostname = " + vassal);
        emperor.untilSaid(vassal, "serving");
        emperor.untilRunning(vassal);
    }

    private List<String> told(String vassal, String what) {
        return emperor.place().output(vassal).stream()
                .filter(line -> line.startsWith(what + ": "))
                .map(line -> line.substring(what.length() + 2).strip())
                .toList();
    }

    /** The IPv4 address that the vassal told last. */
    private String address(String vassal) {
        List<String> all = told(vassal, "address").stream()
                .filter(line -> line.startsWith("eth0 10."))
                .toList();
        return all.get(all.size() - 1).substring("eth0 ".length()).replaceFirst("/.*", "");
    }

    private void assertAnswers(String vassal, String address) {
        assertEquals("connect " + address + ": " + vassal + "\n", host.probe("connect:" + address + "/" + PORT));
    }

    @Test
    void noneIsLoopbackAloneOfBothKinds() {
        emperor.drop("lonely", "exec = " + emperor.probe("network", "connect:::1/9", "stay"), "net = none");
        emperor.untilSaid("lonely", "connect ::1: errno 111"); // refused, for nobody listens, and not unreachable

        assertEquals(Set.of("lo 127.0.0.1/8", "lo ::1/128"), Set.copyOf(told("lonely", "address")));
        assertEquals(1, told("lonely", "interface").size());
        host.untilHostEnds(0);
    }

    @Test
    void hostIsTheEmperorsOwnNetwork() {
        emperor.drop("open", "exec = " + emperor.probe("report", "stay"), "net = host", "clone = fs,pid");

        assertEquals(
                Host.link(emperor.pid(), "ns/net"),
                emperor.report("open").namespaces().get("net"));
    }

    @Test
    void privateNetworkReachesTheHostAndTheHostReachesIt() {
        emperor.drop("gate", "exec = " + emperor.probe("serve:7200"));
        emperor.untilSaid("gate", "serving");
        serving("web", "net = private");

        assertTrue(address("web").startsWith("10.117."));
        assertAnswers("web", address("web"));
        emperor.drop(
                "client", "exec = " + emperor.probe("connect:169.254.1.1/7200", "stay"), "net = private", "clone = fs");
        emperor.untilSaid("client", "connect 169.254.1.1: " + Host.hostname());
    }

    @Test
    void privateNetworkHasOneAddressAndLeadsEverythingToTheHost() {
        serving("web", "net = private", "net-address = 10.5.0.7", "net-name = up0", "net-mtu = 1400");

        assertEquals(
                Set.of("lo 127.0.0.1/8", "lo ::1/128", "up0 10.5.0.7/32"),
                new TreeSet<>(told("web", "address").stream()
                        .filter(line -> !line.contains(" fe80"))
                        .toList()));
        assertTrue(
                told("web", "interface").stream().anyMatch(line -> line.startsWith("up0 mtu 1400 mac 02:")),
                () -> told("web", "interface").toString());
        List<String> routes = told("web", "route").stream()
                .map(line -> String.join(" ", List.of(line.split("\\s+")).subList(0, 3)))
                .toList();
        assertTrue(routes.contains("up0 00000000 0101FEA9"), routes.toString());
        assertTrue(routes.contains("up0 0101FEA9 00000000"), routes.toString());
        assertAnswers("web", "10.5.0.7");
    }

    @Test
    void bothKindsOfAddressesWorkInAUserNamespaceToo() {
        emperor.drop(
                "web",
                answers("net = private", "net-address = 10.5.0.7", "net-address = fd00::7"),
                "clone = fs,uts,pid,user",
                "hostname = web");
        emperor.untilSaid("web", "serving");

        assertAnswers("web", "10.5.0.7");
        assertAnswers("web", "fd00::7");
    }

    @Test
    void jailCannotTurnTheHostsRoutes() {
        serving("web", "net = private");
        serving("both", "net = private", "net-address = fd00::7");
        String end = LinkNames.hostEnd(place.realmId(), new IncarnationId(new VassalName("web"), 1));
        String endOfSix = LinkNames.hostEnd(place.realmId(), new IncarnationId(new VassalName("both"), 1));

        assertEquals("1", host.sysctl("ipv4", end, "rp_filter"), "no source address but its own");
        assertEquals("1", host.sysctl("ipv6", end, "disable_ipv6"));
        assertEquals("0", host.sysctl("ipv6", endOfSix, "accept_ra"), "no router but the host's own");
    }

    @Test
    void vassalsOnABridgeReachEachOtherAndTheHost() {
        host.probe("bridge:br0/10.9.0.1/24");
        serving("db", "net = bridge br0", "net-address = 10.9.0.5/24", "net-mac = 02:00:00:00:00:05");
        emperor.drop(
                "app",
                "exec = " + emperor.probe("network", "connect:10.9.0.5/" + PORT, "serve:" + PORT),
                "clone = uts\nhostname = app",
                "net = bridge br0",
                "net-address = 10.9.0.6/24",
                "net-gateway = 10.9.0.1");

        emperor.untilSaid("app", "connect 10.9.0.5: db");
        emperor.untilSaid("app", "serving");
        assertAnswers("db", "10.9.0.5");
        assertAnswers("app", "10.9.0.6");
        assertTrue(told("db", "interface").contains("eth0 mtu 1500 mac 02:00:00:00:00:05"));
        assertTrue(told("app", "route").stream().anyMatch(line -> line.matches("eth0\\s+00000000\\s+0100090A.*")));
        assertFalse(told("db", "route").stream().anyMatch(line -> line.matches("eth0\\s+00000000\\s.*")));
        emperor.dismiss("db", "app");
        host.untilInterfaces("br0", "lo"); // the bridge is the operator's
    }

    @Test
    void bridgeKeepsItsAddressWhileVassalsComeAndGo() {
        host.probe("bridge:br0/10.9.0.1/24");
        serving("one", "net = bridge br0", "net-address = 10.9.0.5/24");
        String mac = mac("br0");
        serving("two", "net = bridge br0", "net-address = 10.9.0.6/24");
        assertEquals(mac, mac("br0"));
        emperor.dismiss("one");
        assertEquals(mac, mac("br0"));
        assertAnswers("two", "10.9.0.6");
    }

    private String mac(String link) {
        return host.probe("network")
                .lines()
                .filter(line -> line.startsWith("interface: " + link + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingIsLeftOnTheHostAfterAStop() {
        serving("web", "net = private");
        host.untilHostEnds(1);
        emperor.dismiss("web");

        host.untilInterfaces("lo");
        assertEquals(List.of(), routes());
    }

    private List<String> routes() {
        return Host.text(host.pid(), "net/route").lines().skip(1).toList();
    }

    @Test
    void killedVassalReturnsWithAnotherWireAndTheSameAddress() {
        serving("web", "net = private", "loyal-after = 1ms");
        String address = address("web");
        List<String> before = host.hostEnds();
        Host.signal("KILL", emperor.pid("web"));
        emperor.until("it serves again", () -> told("web", "network").size() == 2);

        assertEquals(address, address("web"));
        host.untilHostEnds(1);
        assertNotEquals(before, host.hostEnds());
        assertEquals(1, routes().size());
    }

    @Test
    void whatAKilledEmperorLeftIsRemovedByTheNextByItsName() throws IOException {
        serving("web", "net = private");
        String end = host.hostEnds().get(0);
        // Whoever holds the namespace keeps its interfaces; without that the kernel removes them by itself.
        try (FileInputStream held = new FileInputStream("/proc/" + emperor.pid("web") + "/ns/net")) {
            Files.delete(place.file("web"));
            emperor.kill();
            Await.until("the jail has ended", () -> place.jailed().isEmpty());
            assertEquals(List.of(end), host.hostEnds());
            emperor = RunningEmperor.inNetworkOf(host.pid(), place);
            emperor.untilLogged("ended what an earlier emperor left: interface " + end);
            host.untilInterfaces("lo");
            assertTrue(held.getFD().valid());
        }
    }

    @Test
    void withoutItsBridgeAVassalWaitsUntilThereIsOne() {
        emperor.drop("web", answers("net = bridge br0", "net-address = 10.9.0.5/24"));
        emperor.untilLogged(
                "cannot launch vassal web: step network/2 make eth0 in the jail and its other end ev",
                " for br0: the host has no bridge of that name");
        host.untilInterfaces("lo");
        host.probe("bridge:br0/10.9.0.1/24");
        emperor.untilSaid("web", "serving");
    }

    @Test
    void interfaceThatIsNoBridgeIsNotJoined() {
        emperor.drop("web", answers("net = bridge lo"));
        emperor.untilLogged("cannot launch vassal web: step network/1 ", "the host has no bridge of that name");
    }

    @Test
    void addressThatIsNotFreeFailsTheLaunch() {
        host.probe("bridge:br0/10.9.0.1/24");
        serving("one", "net = bridge br0", "net-address = 10.9.0.5/24");
        emperor.drop("two", answers("net = bridge br0", "net-address = 10.9.0.5/24"));
        emperor.untilLogged("launch vassal two: step network/1 see that nobody has 10.9.0.5: vassal one has it");
        emperor.drop("three", answers("net = private", "net-address = 10.9.0.1"));
        emperor.untilLogged("launch vassal three: step network/1 see that nobody has 10.9.0.1: the host has it itself");
        emperor.drop("four", answers("net = private", "net-address = 10.9.0.77"));
        emperor.untilLogged("vassal four: step network/1", "it is in a network that the host has a route to");
        assertAnswers("one", "10.9.0.5");
    }

    @Test
    void mtuAboveTheBridgesFailsTheLaunch() {
        host.probe("bridge:br0/10.9.0.1/24");
        emperor.drop("web", answers("net = bridge br0", "net-mtu = 9000"));
        emperor.untilLogged("cannot launch vassal web", "an MTU of 9000 is above the bridge's of 1500");
    }

    @Test
    void interfaceThatHasTheNameAlreadyIsLetBe() {
        String name = LinkNames.hostEnd(place.realmId(), new IncarnationId(new VassalName("web"), 1));
        host.probe("bridge:" + name + "/10.9.0.1/24");
        emperor.drop("web", answers("net = private"));
        emperor.untilLogged("cannot launch vassal web: step network/2", name, "EEXIST");
        emperor.untilSaid("web", "serving"); // the next incarnation's name is another

        assertTrue(host.interfaces().contains(name));
        assertAnswers(Host.hostname(), address("web"));
    }

    @Test
    void hundredVassalsAreWiredAtOnceAndAllWiresAreRemoved() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            names.add("web" + i);
        }
        names.forEach(name -> emperor.drop(name, answers("net = private"), "clone = uts\nhostname = " + name));
        names.forEach(name -> emperor.untilSaid(name, "serving"));

        host.untilHostEnds(CROWD);
        Set<String> addresses = new TreeSet<>();
        names.forEach(name -> addresses.add(address(name)));
        assertEquals(CROWD, addresses.size());
        for (String name : List.of("web0", "web50", "web99")) {
            assertAnswers(name, address(name));
        }
        emperor.dismiss(names.toArray(String[]::new));
        host.untilInterfaces("lo");
        assertEquals(List.of(), routes());
    }
}
