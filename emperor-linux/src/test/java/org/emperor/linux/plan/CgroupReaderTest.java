package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values in, files of both versions of cgroups out. */
class CgroupReaderTest {
    private static final long MEMORY = 1000L << 20;

    @ParameterizedTest
    @CsvSource({
        "memory-max, 4096, memory.max=4096, memory.limit_in_bytes=4096",
        "memory-max, 64M, memory.max=67108864, memory.limit_in_bytes=67108864",
        "memory-max, 25%, memory.max=262144000, memory.limit_in_bytes=262144000",
        "memory-max, max, memory.max=max, memory.limit_in_bytes=-1",
        "memory-swap-max, max, memory.swap.max=max, memory.memsw.limit_in_bytes=-1",
        "memory-swap-max, 0, memory.swap.max=0, ''",
        "memory-high, 100%, memory.high=1048576000, ''",
        "memory-oom-group, yes, memory.oom.group=1, ''",
        "memory-oom-group, off, memory.oom.group=0, ''",
        "cpu-max, 150%, cpu.max=150000 100000, cpu.cfs_quota_us=150000",
        "cpu-max, 1%, cpu.max=1000 100000, cpu.cfs_quota_us=1000",
        "cpu-max, 1.5 cpus, cpu.max=150000 100000, cpu.cfs_quota_us=150000",
        "cpu-max, 0.025 cpus, cpu.max=2500 100000, cpu.cfs_quota_us=2500",
        "cpu-max, 1 cpu, cpu.max=100000 100000, cpu.cfs_quota_us=100000",
        "cpu-max, 5000, cpu.max=5000 100000, cpu.cfs_quota_us=5000",
        "cpu-max, 5000 20000, cpu.max=5000 20000, cpu.cfs_period_us=20000 cpu.cfs_quota_us=5000",
        "cpu-max, max, cpu.max=max 100000, cpu.cfs_quota_us=-1",
        "cpu-weight, 1, cpu.weight=1, cpu.shares=10",
        "cpu-weight, 100, cpu.weight=100, cpu.shares=1024",
        "cpu-weight, 10000, cpu.weight=10000, cpu.shares=102400",
        "cpuset-mems, '0-1, 3', 'cpuset.mems=0-1,3', 'cpuset.mems=0-1,3'",
        "io-weight, 1, io.weight=default 1 io.bfq.weight=default 1, blkio.bfq.weight=1",
        "io-weight, 100, io.weight=default 100 io.bfq.weight=default 100, blkio.bfq.weight=100",
        "io-weight, 10000, io.weight=default 10000 io.bfq.weight=default 1000, blkio.bfq.weight=1000",
        "io-max, 8:0 wiops=5 rbps=1K, io.max=8:0 rbps=1024 wiops=5,"
                + " blkio.throttle.read_bps_device=8:0 1024 blkio.throttle.write_iops_device=8:0 5",
        "io-max, 259:1 riops=max, io.max=259:1 riops=max, blkio.throttle.read_iops_device=259:1 0"
    })
    void valueIsSaidInTheWordsOfBothVersions(String key, String value, String unified, String legacy) {
        CgroupLimit limit = settings(setting(key, value)).limits(MEMORY).get(0);
        assertEquals(key, limit.key());
        assertEquals(unified, text(limit.unified()));
        assertEquals(legacy, text(limit.legacy()));
    }

    /** A plain one is refused before the value is looked at. */
    @ParameterizedTest
    @CsvSource({"memory-max, lots, 25%%", "memory-max, 101%%, 100%%", "cpu-max, lots, 150%%"})
    void remedyHasThePercentSignsThatAVassalFileNeeds(String key, String value, String share) {
        Problem problem = LinuxPlanner.check(
                        TestHost.spec("[vassal]\nexec = /a\n" + key + " = " + value + "\n"), TestHost.UNIFIED.toFacts())
                .get(0);
        assertTrue(problem.remedy().contains(share), problem.remedy());
        String followed = "[vassal]\nexec = /a\n" + key + " = " + share + "\n";
        assertEquals(List.of(), LinuxPlanner.check(TestHost.spec(followed), TestHost.UNIFIED.toFacts()));
    }

    @ParameterizedTest
    @CsvSource({
        "memory-max, 0, must be more than nothing",
        "memory-max, 0%, must be more than nothing",
        "memory-max, -1, is no amount of memory",
        "memory-max, 64MB, is no amount of memory",
        "memory-max, 101%, is no share",
        "memory-high, lots, is no amount of memory",
        "cpu-max, 0%, less than 1000 microseconds",
        "cpu-max, 2, less than 1000 microseconds",
        "cpu-max, 1.5, is no amount of processor time",
        "cpu-max, 1.2345 cpus, is no amount of processor time",
        "cpu-max, 5000 999, period is out of range",
        "cpu-max, 5000 1000001, period is out of range",
        "cpu-max, 1 2 3, is no amount of processor time",
        "cpu-weight, 0, is no weight",
        "cpu-weight, 10001, is no weight",
        "io-weight, heavy, is no weight",
        "cpuset-mems, 1-0, are no memory nodes",
        "io-max, 8:0, bounds nothing",
        "io-max, sda rbps=1, is no block device",
        "io-max, 8:0 rbps=0, is no rate",
        "io-max, 8:0 bps=1, is no rate",
        "io-max, 8:0 rbps=1 rbps=2, stands there twice",
        "cgroup, /cg/../x, plain path",
        "cgroup, /cg/x/, plain path",
        "cgroup-opt, shares=5, names no file",
        "cgroup-opt, ../cpu.shares=5, names no file",
        "cgroup-opt, cpu.shares, names no file"
    })
    void valueThatSaysNothingIsRefused(String key, String value, String rule) {
        List<Problem> problems = JailReader.check(List.of(setting(key, value)));
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).rule().contains(rule), problems.toString());
        assertEquals(key, problems.get(0).key());
    }

    @Test
    void versionOneLimitsMemoryAndSwapTogether() {
        CgroupSettings both = settings(setting("memory-swap-max", "1K"), setting("memory-max", "50%"));
        assertEquals(
                "memory.memsw.limit_in_bytes=" + ((500L << 20) + 1024),
                text(both.limits(MEMORY).get(1).legacy()));
        assertEquals(
                "memory.limit_in_bytes=" + (500L << 20),
                text(both.limits(MEMORY).get(0).legacy()),
                "which must be written first: the sum may not be below it");
    }

    @Test
    void fileOfASharedCgroupIsNamedAsUwsgiDoes() {
        CgroupSettings settings = settings(
                setting("cgroup", "/cg/x"),
                setting("cgroup-opt", "a.b=c:d"),
                setting("cgroup-opt", "a.b:c"),
                setting("cgroup-dir-mode", "755"));
        assertEquals("a.b=c:d a.b=c", text(settings.sharedFiles()));
        assertEquals(0755, settings.sharedMode());
    }

    private static CgroupSettings settings(Setting... settings) {
        return JailReader.read(List.of(settings)).cgroups().orElseThrow();
    }

    private static Setting setting(String key, String value) {
        return new Setting(key, value, Position.of("test"));
    }

    private static String text(List<CgroupFile> files) {
        return files.stream().map(file -> file.name() + "=" + file.text()).collect(Collectors.joining(" "));
    }
}
