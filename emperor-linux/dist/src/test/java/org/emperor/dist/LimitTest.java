package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits by cgroups as an operator meets them: in force from the start, told when they strike, gone with the jail. */
@Tag("kernel")
class LimitTest {
    private static final String MEMORY = "memory-max = 24M\nmemory-swap-max = 0";

    private RunningEmperor emperor;

    @BeforeEach
    void start() {
        emperor = RunningEmperor.start();
    }

    @AfterEach
    void close() {
        emperor.close();
    }

    @Test
    void programSeesItselfInItsLimitsFromTheFirst() {
        emperor.drop("bound", "exec = " + emperor.probe("report", "stay"), MEMORY, "cpu-max = 50%%", "pids-max = 9");
        List<String> cgroups = emperor.report("bound").list("cgroup");

        long limiting = cgroups.stream()
                .filter(line -> line.contains("/emperor.") && line.endsWith("/bound.1"))
                .count();
        assertTrue(limiting >= 1, cgroups.toString());
        Set<String> leaves = emperor.place().cgroups();
        assertTrue(setting(leaves, "pids.max", "10"), "one more for jail-init: " + leaves);
        assertTrue(
                setting(leaves, "memory.max", "25165824") || setting(leaves, "memory.limit_in_bytes", "25165824"),
                leaves.toString());
        assertTrue(
                setting(leaves, "cpu.max", "50000 100000") || setting(leaves, "cpu.cfs_quota_us", "50000"),
                leaves.toString());
        emperor.dismiss("bound");
        emperor.stop();
    }

    private static boolean setting(Set<String> leaves, String file, String text) {
        return leaves.stream().filter(leaf -> leaf.endsWith(".1")).anyMatch(leaf -> Host.file(Path.of(leaf, file))
                .equals(text));
    }

    @Test
    void deathByMemoryIsToldAsSuchEverywhereAndFollowedByAnotherLaunch() {
        emperor.drop("hog", "exec = /usr/bin/tail /dev/zero", MEMORY, "backoff-delay = 100ms");
        emperor.untilShown("hog", "dead again", shown -> shown.get("deaths").intValue() >= 2);

        emperor.untilLogged(" WARNING ", "vassal hog died: signal 9 (out of memory)", "oom-kills=1", "next attempt in");
        emperor.untilShown("hog", "waiting, and why", shown -> shown.get("reason")
                .textValue()
                .contains("signal 9 (out of memory)"));
        assertTrue(emperor.shown("hog").get("oom_kills").intValue() >= 2);
        assertEquals(1, emperor.shown("hog").get("last").get("oom_kills").intValue());
        assertTrue(emperor.get("/metrics").orElseThrow().contains("emperor_vassal_oom_kills_total{vassal=\"hog\"}"));
        assertTrue(emperor.get("/stats").orElseThrow().contains("\"oom_kills\":"));
        emperor.dismiss("hog");
        emperor.stop();
    }

    @Test
    void forkBombLeavesTheEmperorAndOthersAlone() {
        emperor.drop(
                "bomb", "exec = /bin/sh -c 'b() { b | b & }; b; while :; do sleep 9 & wait; done'", "pids-max = 50");
        emperor.drop("calm", "exec = " + emperor.probe("report", "stay"));
        emperor.untilRunning("bomb", "calm");
        emperor.report("calm");
        emperor.dismiss("bomb");

        assertTrue(emperor.place().cgroups().stream().noneMatch(leaf -> leaf.contains("/bomb.")));
        emperor.stop();
    }

    @Test
    void nextEmperorFindsEveryCgroupOfAKilledOne() {
        emperor.drop("bound", "exec = " + emperor.probe("ignore", "stay"), MEMORY, "cpu-weight = 50", "pids-max = 9");
        emperor.drop("deep", "exec = " + emperor.probe("ignore", "stay"), MEMORY, "clone = fs,pid,user,cgroup");
        emperor.untilRunning("bound", "deep");
        assertTrue(emperor.place().cgroups().size() > 2);
        emperor.kill();
        emperor.place().remove("bound");
        emperor.place().remove("deep");
        emperor = RunningEmperor.in(emperor.place());

        Await.until("nobody is left", () -> emperor.place().jailed().isEmpty());
        assertTrue(emperor.place().cgroups().stream().noneMatch(leaf -> leaf.matches(".*/(bound|deep)\\..*")));
        emperor.stop();
    }

    @Test
    void limitThatCannotBeIsRefusedWhereItStands() {
        emperor.drop("odd", "exec = /bin/true", "memory-max = 64MB");
        emperor.drop("far", "exec = /bin/true", "cpuset-cpus = 1000");
        emperor.drop("lost", "exec = /bin/true", "cgroup = /srv");

        assertTrue(emperor.problem("odd").get("text").textValue().contains(":3:14: memory-max: \"64MB\" is no amount"));
        assertTrue(emperor.problem("far").get("text").textValue().contains(":3:15: cpuset-cpus: this emperor has no"));
        assertTrue(emperor.problem("lost").get("text").textValue().contains(":3:10: cgroup: /srv lies in no cgroup"));
        emperor.stop();
    }

    /** As uWSGI's documentation has it, but for the directory. */
    @Test
    void documentedCgroupIsJoinedAndKept() throws Exception {
        Path shared = Path.of("/sys/fs/cgroup/cpu", "emperor-test-" + emperor.pid());
        assumeTrue(Files.exists(shared.resolveSibling("cpu.shares")), "needs the cpu hierarchy of cgroup v1");
        try {
            emperor.drop(
                    "tenant",
                    "exec = " + emperor.probe("report", "stay"),
                    "uid = www-data",
                    "cgroup = " + shared,
                    "cgroup-opt = cpu.shares=512");
            List<String> cgroups = emperor.report("tenant").list("cgroup");
            assertTrue(
                    cgroups.stream().anyMatch(line -> line.endsWith("/" + shared.getFileName())), cgroups.toString());
            assertEquals("512", Host.file(shared.resolve("cpu.shares")));
            emperor.dismiss("tenant");
            assertEquals("", Host.file(shared.resolve("cgroup.procs")));
            assertTrue(Files.isDirectory(shared));
        } finally {
            emperor.kill();
            Files.deleteIfExists(shared);
        }
    }
}
