package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emperor.lang.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A limit that the host cannot enforce refuses the vassal, with the reason; it is never left out. */
class CgroupCheckTest {
    private static final String PLAIN = "[vassal]\nexec = /a\n";
    private static final String REMEDY = "; remove it, or give the emperor a cgroup with that controller";

    @Test
    void everyLimitIsTakenWhereAllControllersAre() {
        String all = "memory-max = 1G\nmemory-high = 50%%\nmemory-swap-max = 0\nmemory-oom-group = true\n"
                + "cpu-max = 150%%\ncpu-weight = 10000\ncpuset-cpus = 0-3,8\ncpuset-mems = 0\nio-max = 8:0 rbps=1M\n"
                + "io-weight = 1\npids-max = 5";
        assertEquals("", problems(all, TestHost.UNIFIED));
    }

    @ParameterizedTest
    @CsvSource({
        "memory-max = 1G, memory",
        "cpu-max = max, cpu",
        "cpuset-cpus = 0, cpuset",
        "io-weight = 1, io",
        "pids-max = 5, pids"
    })
    void limitWithoutItsControllerIsRefusedByTheReason(String line, String controller) {
        String key = line.substring(0, line.indexOf(' '));
        int column = line.indexOf('=') + 3;
        LinuxFacts without = TestHost.UNIFIED.with(
                TestHost.UNIFIED.cgroups().with(of(controller), Control.none("it is not delegated")));
        assertEquals(
                "api.ini:3:" + column + ": " + key + ": cannot be enforced: it is not delegated" + REMEDY,
                problems(line, without));
        assertEquals(
                "api.ini:3:" + column + ": " + key + ": cannot be enforced: this host has no cgroups" + REMEDY,
                problems(line, TestHost.BARE));
    }

    private static Controller of(String word) {
        for (Controller controller : Controller.values()) {
            if (controller.word().equals(word)) {
                return controller;
            }
        }
        throw new AssertionError(word);
    }

    @Test
    void fileThatTheKernelLacksIsNamed() {
        Cgroups poor = TestHost.UNIFIED.cgroups().withLacking(Set.of("memory.swap.max", "io.weight", "io.bfq.weight"));
        assertEquals(
                "api.ini:3:19: memory-swap-max: cannot be enforced: the cgroups of this kernel have no memory.swap.max;"
                        + " remove it\n"
                        + "api.ini:4:13: io-weight: cannot be enforced: the cgroups of this kernel have no io.weight;"
                        + " remove it",
                problems("memory-swap-max = 0\nio-weight = 5", TestHost.UNIFIED.with(poor)));
        Cgroups one = TestHost.UNIFIED.cgroups().withLacking(Set.of("io.weight"));
        assertEquals("", problems("io-weight = 5", TestHost.UNIFIED.with(one)), "BFQ's is enough");
    }

    @Test
    void whatVersionOneCannotSayIsRefusedThere() {
        assertEquals(
                "api.ini:3:15: memory-high: cannot be enforced: cgroup v1, which has that controller on this host, has no"
                        + " equal; remove it\n"
                        + "api.ini:4:20: memory-oom-group: cannot be enforced: cgroup v1, which has that controller on this"
                        + " host, has no equal; remove it",
                problems("memory-high = 1G\nmemory-oom-group = true", TestHost.HYBRID));
    }

    @Test
    void swapAloneCannotBeLimitedByVersionOne() {
        String refused =
                "api.ini:3:19: memory-swap-max: cannot be enforced: cgroup v1, as on this host, limits memory and"
                        + " swap together; give memory-max beside it";
        assertEquals(refused, problems("memory-swap-max = 1M", TestHost.HYBRID));
        assertEquals(refused, problems("memory-swap-max = 1M\nmemory-max = max", TestHost.HYBRID));
        assertEquals("", problems("memory-swap-max = 1M\nmemory-max = 1M", TestHost.HYBRID));
        assertEquals("", problems("memory-swap-max = max", TestHost.HYBRID));
    }

    @Test
    void processorsAndNodesMustBeTheEmperors() {
        assertEquals(
                "api.ini:3:15: cpuset-cpus: this emperor has no processor 4; it has 0-3\n"
                        + "api.ini:4:15: cpuset-mems: this emperor has no memory node 1; it has 0",
                problems("cpuset-cpus = 3-5\ncpuset-mems = 0-1", TestHost.HYBRID));
    }

    @Test
    void directoryOfNoHierarchyIsRefused() {
        String rule = " lies in no cgroup v1 hierarchy of this host; ";
        String mounts = "these are /cg/blkio /cg/cpu,cpuacct /cg/cpuset /cg/freezer /cg/memory /cg/pids";
        assertEquals("api.ini:3:10: cgroup: /srv/web" + rule + mounts, problems("cgroup = /srv/web", TestHost.HYBRID));
        assertEquals(
                "api.ini:3:10: cgroup: /cg/unified/web" + rule + mounts,
                problems("cgroup = /cg/unified/web", TestHost.HYBRID));
        assertEquals(
                "api.ini:3:10: cgroup: /cg/memory" + rule + mounts,
                problems("cgroup = /cg/memory", TestHost.HYBRID),
                "the root of a hierarchy limits nothing, and is not a vassal's to make");
        assertEquals(
                "api.ini:3:10: cgroup: /cg/web" + rule + "write memory-max, cpu-max and their like",
                problems("cgroup = /cg/web", TestHost.UNIFIED));
    }

    @Test
    void oneHierarchyTakesAProcessOnce() {
        String rule = "cgroup: another limit puts the jail into /cg/memory already; a process is in one directory of a"
                + " hierarchy; keep one of them";
        assertEquals("api.ini:3:10: " + rule, problems("cgroup = /cg/memory/a\nmemory-max = 1G", TestHost.HYBRID));
        assertEquals(
                "api.ini:3:10: " + rule, problems("cgroup = /cg/memory/a\ncgroup = /cg/memory/b", TestHost.HYBRID));
        assertEquals("", problems("cgroup = /cg/memory/a\ncpu-max = 1 cpu", TestHost.HYBRID));
    }

    @Test
    void fileOfNoDirectoryIsRefused() {
        assertEquals(
                "api.ini:4:14: cgroup-opt: no directory of cgroup has a file cpu.shares; give one in its hierarchy, or"
                        + " remove it",
                problems("cgroup = /cg/memory/a\ncgroup-opt = cpu.shares=5", TestHost.HYBRID));
        assertEquals(
                "api.ini:3:14: cgroup-opt: no directory of cgroup has a file cpu.shares; give one in its hierarchy, or"
                        + " remove it",
                problems("cgroup-opt = cpu.shares=5", TestHost.HYBRID));
    }

    @Test
    void sharedDirectoryNeedsRoot() {
        TreeMap<String, String> hierarchies = new TreeMap<>(Map.of("memory", "/cg/memory"));
        Cgroups cgroups = new Cgroups("", Map.of(), Set.of(), "", "", hierarchies);
        assertEquals(
                "api.ini:3:10: cgroup: needs an emperor that runs as root; run the emperor as root, or remove it",
                problems("cgroup = /cg/memory/a", TestHost.NOT_ROOT.with(cgroups)));
    }

    @Test
    void factsSurviveBeingToldAsText() {
        assertEquals(TestHost.HYBRID, LinuxFacts.of(TestHost.HYBRID.toFacts()));
        assertEquals(TestHost.BARE, LinuxFacts.of(TestHost.BARE.toFacts()));
    }

    private static String problems(String lines, LinuxFacts facts) {
        return LinuxPlanner.check(TestHost.spec(PLAIN + lines + "\n"), facts.toFacts()).stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
    }
}
