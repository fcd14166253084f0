package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jails made by an emperor that is not root, each in a user namespace with one user and one group. */
@Tag("kernel")
class CommonersJailTest {
    private static final String SEVEN = "clone = fs,net,ipc,uts,pid,cgroup,user";
    private static final String NOBODY = "65534";
    private static final int EPERM = 1;

    private static Place place;
    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        place = new Place();
        place.belongsTo("nobody");
        emperor = Lesser.start(place, "--reuid=nobody", "--regid=nogroup", "--clear-groups");
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static String map(String inside) {
        return inside + " " + NOBODY + " 1";
    }

    private static List<String> lines(Report report, String field) {
        return report.list(field).stream()
                .map(line -> String.join(" ", List.of(line.strip().split(" +", -1))))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"itself, '', 65534, 65534", "crowned, uid = root, 0, 0", "shifted, uid = www-data, 33, 33"})
    void programIsInsideWhomItsFileSaysAndOutsideTheEmperorsUser(String vassal, String line, String uid, String gid) {
        emperor.drop(vassal, "exec = " + emperor.probe("report", "stay"), SEVEN, line);
        Report report = emperor.report(vassal);

        assertEquals(List.of(uid, uid, uid), report.list("uids"));
        assertEquals(List.of(gid, gid, gid), report.list("gids"));
        assertEquals(List.of(map(uid)), lines(report, "uid_map"));
        assertEquals(List.of(map(gid)), lines(report, "gid_map"));
        assertEquals(List.of("deny"), report.list("setgroups"), "else it could drop a group that a file denies");
        assertEquals(0, report.number("reopen-stdout"), "its output is its own");
        assertEquals(List.of("0", "1", "2"), report.list("fds"), "and no map file");
        assertEquals(EPERM, report.number("parent-ptrace"), "jail-init has its user, and is yet out of its reach");
        emperor.untilRunning(vassal);
        assertEquals(
                Set.of(NOBODY),
                Set.of(Host.field(emperor.pid(vassal), "Uid").orElseThrow().split("\t", -1)[0]));
        emperor.dismiss(vassal);
    }

    @Test
    void everyNamespaceIsItsOwn() {
        emperor.drop("apart", "exec = " + emperor.probe("report", "stay"), SEVEN, "hostname = inside");
        Report report = emperor.report("apart");

        for (Map.Entry<String, String> namespace : report.namespaces().entrySet()) {
            assertNotEquals(
                    Host.link((int) ProcessHandle.current().pid(), "ns/" + namespace.getKey()), namespace.getValue());
        }
        assertEquals("inside", report.text("hostname"));
        assertEquals("works", report.text("loopback"));
        assertEquals(Set.of("1", "2"), Set.copyOf(report.list("processes")));
        assertEquals(List.of("jail-init"), report.list("parent"));
        emperor.dismiss("apart");
    }

    @Test
    void filesToLookUpNamesWithAreItsOwnToo() {
        String text = emperor.probe("text:/etc/resolv.conf", "text:/etc/hosts", "stay");
        emperor.drop("asking", "exec = " + text, SEVEN, "hostname = inside", "dns = 10.0.0.1", "hosts = own");

        emperor.untilSaid("asking", "/etc/resolv.conf: nameserver 10.0.0.1");
        emperor.untilSaid("asking", "/etc/hosts: 127.0.1.1 inside");
        emperor.dismiss("asking");
    }

    @Test
    void whoIsNotRootInsideHasNoRightThere() {
        emperor.drop("plain", "exec = " + emperor.probe("mount:/mnt", "report", "stay"), SEVEN);
        Report report = emperor.report("plain");

        emperor.untilSaid("plain", "mount: 1");
        for (String set : List.of("CapEff", "CapPrm", "CapInh", "CapAmb")) {
            assertEquals(0, Long.parseUnsignedLong(report.map("status").get(set), 16), set);
        }
        emperor.dismiss("plain");
    }

    @Test
    void rootInsideMayMountThereAndNobodySeesIt() {
        emperor.drop("mounter", "exec = " + emperor.probe("mount:/mnt", "report", "stay"), SEVEN, "uid = root");

        emperor.untilSaid("mounter", "mount: 0");
        place.untilMountsAreAsBefore();
        emperor.dismiss("mounter");
    }

    @Test
    void pivotRootRecipeNeedsNoRoot() throws IOException {
        Path distro = Files.createDirectory(place.path().resolve("distro"));
        Path fresh = Files.createDirectory(place.path().resolve("ns"));
        for (String name : List.of("proc", ".old_root")) {
            Files.createDirectory(distro.resolve(name));
        }
        Probe.into(distro);
        emperor.drop(
                "pivoted",
                "exec = /probe report stay",
                "clone = fs,ipc,uts,pid,user",
                "uid = root",
                "hook-post-jail = mount:none " + distro + " " + fresh + " bind",
                "pivot-root = " + fresh + " " + fresh + "/.old_root",
                "hook-as-root = mount:proc none /proc nodev hidepid=2",
                "hook-as-root = umount:/.old_root rec,detach");
        Report report = emperor.report("pivoted");

        assertEquals(Set.of("probe", "proc"), Set.copyOf(report.list("root")));
        emperor.dismiss("pivoted");
    }

    @Test
    void programAsPidOneKeepsNoMapFile() {
        emperor.drop("bare", "exec = " + emperor.probe("report", "stay"), SEVEN, "init = none", "uid = root");
        Report report = emperor.report("bare");

        assertEquals(1, report.number("pid"));
        assertEquals(List.of("0", "1", "2"), report.list("fds"));
        emperor.dismiss("bare");
    }

    @Test
    void jailEndsWhole() {
        emperor.drop("drifter", "exec = " + emperor.probe("drift", "heed", "stay"), SEVEN, "stop-grace = 300ms");
        emperor.untilSaid("drifter", "heeding");
        emperor.untilRunning("drifter");
        List<Integer> processes = Host.running(place.path().resolve("probe"));
        assertFalse(processes.isEmpty());

        emperor.dismiss("drifter");
        Await.until("all have ended", () -> processes.stream().noneMatch(Host::isAlive));
    }

    @ParameterizedTest
    @CsvSource({
        "uid-map, 0 1000 1, an emperor that is not root can map its own user and group only",
        "uid-map, 0 65534 2, an emperor that is not root can map its own user and group only",
        "user-range, 100000, an emperor that is not root can map its own user and group only",
        "add-gid, 27, 'this emperor has no CAP_SETGID, its vassals have its groups'"
    })
    void whatOnlyRootCanMapIsRefused(String key, String value, String rule) {
        emperor.drop("greedy", "exec = " + emperor.probe("line:5", "stay"), SEVEN, key + " = " + value);

        JsonNode problem = emperor.problem("greedy");
        assertEquals(key, problem.get("key").textValue());
        assertEquals(4, problem.get("line").intValue());
        assertEquals(rule, problem.get("rule").textValue());
        assertTrue(emperor.vassal("greedy").isEmpty());
        assertEquals(List.of(), place.output("greedy"));
        emperor.remove("greedy");
        emperor.until("its refusal is forgotten", () -> emperor.refused().isEmpty());
    }
}
