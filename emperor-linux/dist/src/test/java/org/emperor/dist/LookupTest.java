package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files that a jail looks up names with, read inside; what lies below them in a root of the tenant's stays as it was.
 * The emperor has a resolv.conf and a network of this test's own in place of the machine's.
 */
@Tag("kernel")
class LookupTest {
    private static final int EROFS = 30;
    private static final String RESOLV_CONF = "/etc/resolv.conf";
    private static final String HOSTS = "/etc/hosts";
    private static final String MADE = "# made by the emperor for this jail";
    private static final List<String> HOSTS_RESOLVER =
            List.of("nameserver 127.0.0.53", "nameserver 10.99.0.53", "search corp.example", "options rotate");

    private final Place place = new Place();
    private final OwnNetwork network = new OwnNetwork(place);
    private final Path resolver = place.path().resolve("resolv.conf");
    private RunningEmperor emperor;
    private Path root;

    @BeforeEach
    void start() throws IOException {
        Files.write(resolver, HOSTS_RESOLVER);
        String covered = "mount --bind " + resolver + " /etc/resolv.conf && exec \"$@\"";
        List<String> command = new ArrayList<>(List.of("nsenter", "--net=/proc/" + network.pid() + "/ns/net"));
        command.addAll(List.of("unshare", "--mount", "--propagation", "slave", "sh", "-c", covered, "sh"));
        command.addAll(RunningEmperor.java());
        emperor = RunningEmperor.readyElsewhere(place, command);
        root = Files.createDirectory(place.path().resolve("root"));
        for (String name : List.of("proc", "sys", "dev", "etc", "tmp")) {
            Files.createDirectory(root.resolve(name));
        }
        Probe.into(root);
        Files.writeString(root.resolve("etc/resolv.conf"), "nameserver 192.0.2.1\n");
        Files.writeString(root.resolve("etc/hosts"), "192.0.2.2 tenant\n");
    }

    @AfterEach
    void stop() {
        try {
            emperor.end();
        } finally {
            network.close();
        }
    }

    private void drop(String vassal, String... lines) {
        String words = "exec = /probe text:" + RESOLV_CONF + " text:" + HOSTS + " look:/etc," + RESOLV_CONF + ","
                + HOSTS + " make:/etc/made stay";
        emperor.drop(vassal, Stream.concat(Stream.of(words), Stream.of(lines)).toArray(String[]::new));
    }

    private List<String> text(String vassal, String path) {
        emperor.untilSaid(vassal, "make: ");
        return place.output(vassal).stream()
                .filter(line -> line.startsWith(path + ": "))
                .map(line -> line.substring(path.length() + 2))
                .toList();
    }

    private void assertTenantsRootIsUnchanged() throws IOException {
        assertEquals("nameserver 192.0.2.1\n", Files.readString(root.resolve("etc/resolv.conf")));
        assertEquals("192.0.2.2 tenant\n", Files.readString(root.resolve("etc/hosts")));
        assertEquals(HOSTS_RESOLVER, Files.readAllLines(resolver));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespace = ROOT:web.corp.example",
                "namespace = ROOT:web.corp.example\nclone = user",
                "namespace = ROOT:web.corp.example\nclone = user\nroot-idmap = true",
                "clone = fs,uts,pid\nchroot = ROOT\nhostname = web.corp.example",
                "jail-preset = standard\nnamespace = ROOT:web.corp.example",
                "jail-preset = strict\nnamespace = ROOT:web.corp.example"
            })
    void wiredJailWithARootOfItsOwnFindsItselfAndWhomToAsk(String lines) throws IOException {
        drop("web", "net = private", "net-address = 10.5.0.7", lines.replace("ROOT", root.toString()));

        assertEquals(
                List.of(
                        MADE,
                        "# left out, for this network does not reach it: 127.0.0.53",
                        "nameserver 10.99.0.53",
                        "search corp.example",
                        "options rotate"),
                text("web", RESOLV_CONF));
        assertEquals(
                List.of(
                        MADE,
                        "127.0.0.1 localhost",
                        "::1 localhost ip6-localhost ip6-loopback",
                        "10.5.0.7 web.corp.example web"),
                text("web", HOSTS));
        for (String path : List.of(RESOLV_CONF, HOSTS)) {
            Report file = emperor.report("web").look(path);
            assertEquals(EROFS, file.number("write"), path);
            assertEquals(0444, file.number("mode"), path);
            assertTrue(emperor.report("web").flags(path).containsAll(List.of("ro", "nosuid", "nodev", "noexec")), path);
        }
        assertTenantsRootIsUnchanged();
        emperor.dismiss("web");
        place.untilMountsAreAsBefore();
    }

    @Test
    void rootOfItsOwnInTheHostsNetworkIsLeftAsItIs() throws IOException {
        drop("plain", "namespace = " + root);

        assertEquals(List.of("nameserver 192.0.2.1"), text("plain", RESOLV_CONF));
        assertEquals(List.of("192.0.2.2 tenant"), text("plain", HOSTS));
        emperor.dismiss("plain");
    }

    @Test
    void keysSayWhatIsInThem() throws IOException {
        drop(
                "asking",
                "namespace = " + root,
                "resolv-conf = none",
                "dns = 10.0.0.1",
                "dns = fd00::53",
                "dns-search = a.example",
                "dns-option = ndots:2",
                "add-host = db:10.0.0.9",
                "add-host = db:fd00::9");

        assertEquals(
                List.of(MADE, "nameserver 10.0.0.1", "nameserver fd00::53", "search a.example", "options ndots:2"),
                text("asking", RESOLV_CONF));
        assertTrue(text("asking", HOSTS).containsAll(List.of("10.0.0.9 db", "fd00::9 db")));
        assertTenantsRootIsUnchanged();
        emperor.dismiss("asking");
    }

    @Test
    void serversOfTheHostAreThoseItHasAtTheLaunch() throws IOException {
        drop("late", "namespace = " + root, "net = private");
        assertTrue(text("late", RESOLV_CONF).contains("nameserver 10.99.0.53"));
        Files.writeString(resolver, "nameserver 10.99.0.54\n");
        emperor.place().touch("late");
        emperor.until("it asks the other", () -> text("late", RESOLV_CONF).contains("nameserver 10.99.0.54"));
        emperor.dismiss("late");
    }

    @Test
    void launchThatNeedsAServerOfTheHostsWaitsForOne() throws IOException {
        Files.writeString(resolver, "nameserver 127.0.0.53\n");
        drop("patient", "namespace = " + root, "net = private", "resolv-conf = host");
        emperor.untilLogged(
                "cannot launch vassal patient: ",
                "resolv-conf: the host has no name server that this jail's network could reach",
                "write dns = ADDRESS");
        drop("content", "namespace = " + root, "net = private");
        assertTrue(text("content", RESOLV_CONF).contains("# there is no name server; dns names one"));
        Files.writeString(resolver, "nameserver 10.99.0.53\n");

        assertTrue(text("patient", RESOLV_CONF).contains("nameserver 10.99.0.53"));
        emperor.dismiss("patient", "content");
    }

    /** Where a tenant's link leads is neither written nor covered. */
    @Test
    void linkIsCoveredItself() throws IOException {
        Path aim = Files.writeString(root.resolve("etc/aim"), "of the tenant\n");
        for (String name : List.of("etc/resolv.conf", "etc/hosts")) {
            Files.delete(root.resolve(name));
        }
        Files.createSymbolicLink(root.resolve("etc/resolv.conf"), Path.of("../run/nowhere"));
        Files.createSymbolicLink(root.resolve("etc/hosts"), Path.of("aim"));
        drop("linked", "net = private", "hosts = own", "resolv-conf = host", "namespace = " + root + ":linked");

        assertTrue(text("linked", RESOLV_CONF).contains("nameserver 10.99.0.53"));
        assertTrue(text("linked", HOSTS).contains("127.0.0.1 localhost"));
        assertEquals("file", emperor.report("linked").look(RESOLV_CONF).text("type"));
        assertEquals("of the tenant\n", Files.readString(aim));
        assertEquals(Path.of("aim"), Files.readSymbolicLink(root.resolve("etc/hosts")));
        assertFalse(Files.exists(root.resolve("run"), LinkOption.NOFOLLOW_LINKS));
        emperor.dismiss("linked");
        place.untilMountsAreAsBefore();
    }

    @Test
    void rootThatLacksTheFilesGetsThemOnlyWhereItHasAPlace() throws IOException {
        Files.delete(root.resolve("etc/resolv.conf"));
        Files.delete(root.resolve("etc/hosts"));
        drop("bare", "net = private", "namespace = " + root);
        assertEquals(List.of("errno 2"), text("bare", RESOLV_CONF));
        assertEquals(List.of("made"), Place.entries(root.resolve("etc")), "what the program made");
        emperor.dismiss("bare");

        drop("asked", "net = private", "resolv-conf = host", "namespace = " + root);
        emperor.untilFailsIn("asked", "find /etc/resolv.conf, which is to be covered: ", "ENOENT");
        drop("added", "net = private", "add-host = a:10.0.0.1", "namespace = " + root);
        emperor.untilFailsIn("added", "find /etc/hosts, which is to be covered: ", "ENOENT");
        Files.delete(root.resolve("etc/made"));
        drop("own", "net = private", "resolv-conf = host", "tmpfs = /etc", "namespace = " + root);
        assertTrue(text("own", RESOLV_CONF).contains("nameserver 10.99.0.53"));
        emperor.dismiss("own");
        assertEquals(List.of(), Place.entries(root.resolve("etc")));
    }

    @Test
    void linkOnTheWayIsNotFollowed() throws IOException {
        Files.move(root.resolve("etc"), root.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("etc"), Path.of("elsewhere"));
        drop("trapped", "resolv-conf = host", "namespace = " + root);

        emperor.untilFailsIn("trapped", "find /etc/resolv.conf, which is to be covered: ", "ELOOP");
    }

    @Test
    void hostsOwnFilesAreCoveredInTheJailAlone() throws IOException {
        emperor.drop(
                "inside",
                "exec = /bin/sh -c 'cat /etc/resolv.conf; echo x > /etc/resolv.conf; sleep 1000'",
                "clone = fs",
                "dns = 10.0.0.1");

        emperor.untilSaid("inside", "nameserver 10.0.0.1");
        emperor.untilSaid("inside", "Read-only file system");
        assertEquals(HOSTS_RESOLVER, Files.readAllLines(resolver));
        emperor.dismiss("inside");
    }

    @Test
    void fileThatWouldCoverTheHostsIsRefused() {
        emperor.drop("wrong", "exec = /bin/true", "dns = 10.0.0.1");

        JsonNode problem = emperor.problem("wrong");
        assertEquals("dns", problem.get("key").textValue());
        assertEquals(
                "would change the host without a namespace of its own",
                problem.get("rule").textValue());
        emperor.remove("wrong");
        emperor.until("its refusal is forgotten", () -> emperor.refused().isEmpty());
    }
}
