package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A preset's jail with a wire to the host, from both ends; the host is a network namespace of this test's own. */
@Tag("kernel")
class PresetNetworkTest {
    private static final String GATE = "7300";
    private static final String PORT = "7301";

    private final Place place = new Place();
    private final OwnNetwork host = new OwnNetwork(place);
    private RunningEmperor emperor;

    @BeforeEach
    void start() {
        emperor = RunningEmperor.inNetworkOf(host.pid(), place);
        emperor.drop("gate", "exec = " + emperor.probe("serve:" + GATE));
        emperor.untilSaid("gate", "serving");
    }

    @AfterEach
    void stop() {
        try {
            emperor.end();
        } finally {
            host.close();
        }
    }

    private void drop(String preset, String... lines) {
        List<String> all = new ArrayList<>(List.of(
                "exec = "
                        + emperor.probe(
                                "network",
                                "report",
                                "connect:169.254.1.1/" + GATE,
                                "text:/etc/hosts",
                                "text:/etc/resolv.conf",
                                "serve:" + PORT),
                "bind-ro = " + place.path(),
                "jail-preset = " + preset,
                "net = private",
                "hostname = web",
                "uid = www-data"));
        all.addAll(List.of(lines));
        emperor.drop("web", all.toArray(String[]::new));
    }

    private List<String> told(String what) {
        return place.output("web").stream()
                .filter(line -> line.startsWith(what + ": "))
                .map(line -> line.substring(what.length() + 2).strip())
                .toList();
    }

    /** The address that each life told. */
    private List<String> addresses() {
        return told("address").stream()
                .filter(line -> line.startsWith("eth0 10.117."))
                .map(line -> line.substring("eth0 ".length()).replaceFirst("/.*", ""))
                .toList();
    }

    private void untilServing(int lives) {
        emperor.until(
                "it serves in life " + lives,
                () -> place.output("web").stream().filter("serving"::equals).count() >= lives);
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "strict"})
    void programReachesTheHostAndTheHostReachesIt(String preset) {
        drop(preset);
        untilServing(1);

        assertTrue(place.output("web").contains("connect 169.254.1.1: " + Host.hostname()));
        String address = addresses().get(0);
        assertEquals("connect " + address + ": web\n", host.probe("connect:" + address + "/" + PORT));
        assertEquals(Map.of("lo", "up", "eth0", "up"), emperor.report("web").map("interfaces"));
        assertEquals(
                Set.of("00000000 0101FEA9", "0101FEA9 00000000"),
                new TreeSet<>(told("route").stream()
                        .filter(line -> line.startsWith("eth0"))
                        .map(line -> line.split("\\s+"))
                        .map(fields -> fields[1] + " " + fields[2])
                        .toList()),
                "a default route by the host, a route to the host, and no other");
        emperor.dismiss("web");
        host.untilInterfaces("lo");
        place.untilMountsAreAsBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "strict"})
    void programFindsItselfByNameAndNoServerOfAnotherNetwork(String preset) {
        drop(preset);
        untilServing(1);

        assertEquals(
                List.of(
                        "# made by the emperor for this jail",
                        "127.0.0.1 localhost",
                        "::1 localhost ip6-localhost ip6-loopback",
                        addresses().get(0) + " web"),
                told("/etc/hosts"));
        assertEquals(
                "# made by the emperor for this jail", told("/etc/resolv.conf").get(0));
        assertTrue(told("/etc/resolv.conf").stream().noneMatch(line -> line.startsWith("nameserver 127.")));
        emperor.dismiss("web");
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "strict"})
    void reloadIsAnotherJailWithTheSameAddress(String preset) {
        drop(preset);
        untilServing(1);
        emperor.untilRunning("web");
        int program = emperor.pid("web");
        List<String> ends = host.hostEnds();
        drop(preset, "env = EDIT=1");
        untilServing(2);

        assertEquals(2, addresses().size());
        assertEquals(addresses().get(0), addresses().get(1));
        emperor.untilRunning("web", 2);
        assertNotEquals(program, emperor.pid("web"));
        host.untilHostEnds(1);
        assertNotEquals(ends, host.hostEnds());
        assertEquals(
                "connect " + addresses().get(0) + ": web\n",
                host.probe("connect:" + addresses().get(0) + "/" + PORT));
        emperor.dismiss("web");
        host.untilInterfaces("lo");
    }
}
