package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program finds of the host's files in the jails that a preset names. */
@Tag("kernel")
class PresetTest {
    private static final int EACCES = 13;
    private static final int EROFS = 30;
    private static final List<String> HOSTS = List.of("/", "/etc", "/usr", "/var", "/home", "/sys");
    private static final List<String> PRIVATE = List.of("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue");
    private static final Map<String, String> NODES =
            Map.of("null", "1:3", "zero", "1:5", "full", "1:7", "random", "1:8", "urandom", "1:9", "tty", "5:0");

    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    /** The probe lies below /tmp, which may be the jail's own; so it is bound there. */
    private static Report look(String name, List<String> paths, String... lines) {
        List<String> all = new ArrayList<>(List.of(
                "exec = " + emperor.probe("look:" + String.join(",", paths), "stay"),
                "bind-ro = " + emperor.place().path()));
        all.addAll(List.of(lines));
        emperor.drop(name, all.toArray(String[]::new));
        return emperor.report(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "www-data"})
    void standardShowsTheHostsFilesAndLetsNobodyChangeThem(String user) {
        Report report = look("host-" + user, HOSTS, "jail-preset = standard", "uid = " + user);

        for (String path : HOSTS) {
            assertEquals(EROFS, report.look(path).number("write"), path);
        }
        assertTrue(report.look("/etc").list("names").contains("passwd"));
        assertEquals(Set.of("ro", "nosuid", "nodev", "relatime"), Set.copyOf(report.flags("/")));
        for (List<String> mount : report.mounts("/")) {
            assertTrue(mount.get(6).equals("-"), "no mount has peers or a master outside: " + mount);
        }
        emperor.dismiss("host-" + user);
        emperor.place().untilMountsAreAsBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "www-data"})
    void temporaryDirectoriesAreThePrivateOnesOfTheJail(String user) {
        Report report = look("tmp-" + user, PRIVATE, "jail-preset = standard", "uid = " + user);

        for (String path : PRIVATE) {
            assertEquals(0, report.look(path).number("write"), path);
            assertEquals(01777, report.look(path).number("mode"), path);
            assertTrue(report.flags(path).containsAll(List.of("rw", "nosuid", "nodev")), path);
        }
        Path home = emperor.place().path();
        assertEquals(List.of(home.getFileName().toString()), report.look("/tmp").list("names"), "only what is bound");
        assertEquals(List.of(), report.look("/var/tmp").list("names"));
        assertFalse(report.flags("/tmp").contains("noexec"), "programs unpack libraries there");
        emperor.dismiss("tmp-" + user);
    }

    @Test
    void runIsEmptyAndTheProgramsUsers() {
        Report report = look("run", List.of("/run"), "jail-preset = standard", "uid = www-data");

        assertEquals(33, report.look("/run").number("uid"));
        assertEquals(0755, report.look("/run").number("mode"));
        assertEquals(0, report.look("/run").number("write"));
        assertTrue(Set.of("systemd").containsAll(report.look("/run").list("names")), "no socket of the host's");
        emperor.dismiss("run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "strict"})
    void devHasOnlyTheUsualNodesAndTheyWork(String preset) {
        List<String> paths = new ArrayList<>(List.of("/dev", "/dev/pts", "/dev/ptmx", "/dev/stdout"));
        NODES.keySet().forEach(name -> paths.add("/dev/" + name));
        Report report = look("dev-" + preset, paths, "jail-preset = " + preset);

        Set<String> links = Set.of("fd", "stdin", "stdout", "stderr", "ptmx", "pts", "shm", "mqueue");
        Set<String> names = new java.util.TreeSet<>(NODES.keySet());
        names.addAll(links);
        assertEquals(names, new java.util.TreeSet<>(report.look("/dev").list("names")));
        NODES.forEach((name, device) -> {
            Report node = report.look("/dev/" + name);
            assertEquals("character device", node.text("type"), name);
            assertEquals(device, node.text("device"), name);
            assertEquals(0666, node.number("mode"), name);
        });
        assertEquals(0, report.look("/dev/null").number("write"));
        assertEquals(63, report.look("/dev/zero").number("bytes"));
        assertEquals(63, report.look("/dev/urandom").number("bytes"));
        assertEquals(List.of("ptmx"), report.look("/dev/pts").list("names"), "no terminal of the host's");
        assertEquals("pts/ptmx", report.look("/dev/ptmx").text("to"));
        assertTrue(report.flags("/dev").containsAll(List.of("nosuid", "noexec")));
        emperor.dismiss("dev-" + preset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compat", "standard", "strict"})
    void kernelIsNeitherReadNorRuledThroughItsFiles(String preset) {
        List<String> masked = List.of("/proc/keys", "/proc/timer_list", "/proc/kmsg", "/proc/interrupts");
        List<String> readOnly = List.of(
                "/proc/sys/kernel/hostname", "/proc/sys/kernel/core_pattern", "/proc/irq/default_smp_affinity", "/sys");
        List<String> paths = new ArrayList<>(masked);
        paths.addAll(readOnly);
        paths.addAll(List.of("/proc/self/comm", "/proc/acpi", "/sys/firmware"));
        Report report = look("kernel-" + preset, paths, "jail-preset = " + preset);

        for (String path : masked) {
            assertTrue(Files.exists(Path.of(path)), "a kernel without it proves nothing: " + path);
            assertEquals(0, report.look(path).number("bytes"), path);
            assertTrue(report.flags(path).contains("ro"), path);
        }
        for (String path : readOnly) {
            assertTrue(Set.of(EROFS, EACCES).contains(report.look(path).number("write")), path);
        }
        assertTrue(report.flags("/proc/sys").containsAll(List.of("ro", "nosuid", "nodev", "noexec")));
        assertEquals(List.of(), report.look("/proc/acpi").list("names"));
        assertEquals(List.of(), report.look("/sys/firmware").list("names"));
        assertEquals(0, report.look("/proc/self/comm").number("write"), "its own files it may write");
        assertTrue(report.flags("/proc").containsAll(List.of("rw", "nosuid", "nodev", "noexec")));
        emperor.dismiss("kernel-" + preset);
    }

    @Test
    void nothingOfTheHostLiesCoveredBelowTheJailsOwnMounts() {
        Report report = look("covered", List.of("/sys/fs/cgroup"), "jail-preset = standard");

        for (String path : List.of("/", "/proc", "/dev", "/dev/shm", "/dev/pts", "/sys/fs/cgroup")) {
            assertEquals(1, report.mounts(path).size(), path);
        }
        assertTrue(report.look("/sys/fs/cgroup").list("names").contains("cgroup.procs"), "its own part of the tree");
        assertFalse(
                report.list("mounts").stream().anyMatch(line -> line.contains(" - cgroup ")), "no tree of version 1");
        assertTrue(report.mounts("/sys/fs/cgroup").get(0).get(3).equals("/"), "and nothing above it");
        emperor.dismiss("covered");
    }

    @Test
    void compatLeavesTheHostsFilesAsTheyAre() {
        Report report = look("compat", List.of("/tmp", "/var/tmp"), "jail-preset = compat");

        assertEquals(0, report.look("/var/tmp").number("write"));
        assertEquals(
                Place.entries(Path.of("/var/tmp")),
                report.look("/var/tmp").list("names").stream().sorted().toList());
        emperor.dismiss("compat");
    }

    @Test
    void strictIsAllOfThatForARangeOfUsersThatTheHostDoesNotKnow() {
        List<String> paths = new ArrayList<>(HOSTS);
        paths.addAll(PRIVATE);
        Report report = look("strict", paths, "jail-preset = strict", "uid = www-data");

        for (String path : HOSTS) {
            assertEquals(EROFS, report.look(path).number("write"), path);
        }
        for (String path : PRIVATE) {
            assertEquals(0, report.look(path).number("write"), path);
        }
        emperor.untilRunning("strict");
        assertNotEquals(Host.link(emperor.pid(), "ns/user"), Host.link(emperor.pid("strict"), "ns/user"));
        assertTrue(Integer.parseInt(
                        Host.field(emperor.pid("strict"), "Uid").orElseThrow().split("\t", -1)[0])
                >= 0x10000000);
        emperor.dismiss("strict");
        emperor.place().untilMountsAreAsBefore();
    }

    @Test
    void strictHidesProcessesOfOthers() {
        emperor.drop(
                "hidden",
                "exec = " + emperor.probe("report", "stay"),
                "bind-ro = " + emperor.place().path(),
                "jail-preset = strict",
                "uid = www-data");
        assertEquals(List.of("2"), emperor.report("hidden").list("processes"), "not even jail-init");
        assertEquals(Map.of("lo", "up"), emperor.report("hidden").map("interfaces"));
        emperor.dismiss("hidden");
    }

    @Test
    void switchOfItsOwnTakesPartOfAPresetBack() {
        Report report = look(
                "partly",
                List.of("/var/tmp", "/proc/keys"),
                "jail-preset = standard",
                "private-tmp = no",
                "mask = none");

        assertEquals(EROFS, report.look("/var/tmp").number("write"), "still read-only with the rest");
        assertEquals(List.of(), report.mounts("/var/tmp"));
        assertTrue(report.look("/proc/keys").number("bytes") > 0);
        emperor.dismiss("partly");
    }
}
