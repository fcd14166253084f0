package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.emperor.jail.Host;
import org.emperor.linux.plan.Control;
import org.emperor.linux.plan.Controller;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.linux.plan.LinuxPlanner;
import org.emperor.realm.EventKind;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.VassalEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits by cgroups as this machine's kernel enforces them, asked in the jail and of the kernel about it. */
@Tag("kernel")
class LimitsTest {
    private static final LinuxFacts FACTS = HostProbe.probe();
    private static final String ALL = "fs,net,ipc,uts,pid,user,cgroup";

    /** Takes all memory it can get. */
    private static final String HOG = "exec /usr/bin/tail /dev/zero";

    @TempDir
    Path state;

    @ParameterizedTest
    @ValueSource(strings = {"", "pid", "user", ALL})
    void limitsAreInForceAtTheFirstInstruction(String clone) {
        needs(Controller.MEMORY, Controller.CPU, Controller.PIDS);
        try (JailYard yard = JailYard.open(state, FACTS)) {
            IncarnationId id = yard.launch(Sample.of("api")
                    .jail("clone", clone)
                    .jail("memory-max", "64M")
                    .jail("cpu-max", "50%")
                    .jail("cpu-weight", "200")
                    .pidsMax(7)
                    .exec("/bin/sleep", "1000"));
            long program = yard.launched(id).pid();
            for (Controller controller : List.of(Controller.MEMORY, Controller.CPU, Controller.PIDS)) {
                assertTrue(members(yard, id, controller).contains(program), () -> controller + " holds the program");
                assertEquals(2, members(yard, id, controller).size(), "jail-init is limited too");
            }
            assertEquals(
                    "67108864", text(yard, id, Controller.MEMORY, Map.of(2, "memory.max", 1, "memory.limit_in_bytes")));
            assertEquals("8", text(yard, id, Controller.PIDS, Map.of(2, "pids.max", 1, "pids.max")));
            String quota = text(yard, id, Controller.CPU, Map.of(2, "cpu.max", 1, "cpu.cfs_quota_us"));
            assertTrue(quota.startsWith("50000"), quota);
            String weight = text(yard, id, Controller.CPU, Map.of(2, "cpu.weight", 1, "cpu.shares"));
            assertTrue(List.of("200", "2048").contains(weight), weight);
            yard.killAndDismantle(id);
            assertEquals(List.of(), leavesLeft(yard));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pid"})
    void whoTakesTooMuchMemoryIsToldApart(String clone) {
        needs(Controller.MEMORY);
        try (JailYard yard = JailYard.open(state, FACTS)) {
            IncarnationId id = yard.launch(
                    hog().jail("clone", clone).jail("memory-max", "32M").shell(HOG));
            assertEquals(ExitStatus.signaled(9, false), yard.end(id).status());
            yard.dismantle(id);
            assertEquals(1, oomKills(yard, id));
            assertEquals(List.of(), leavesLeft(yard));
        }
    }

    @Test
    void deathOfAChildByMemoryIsCountedThoughTheProgramEndsWell() {
        needs(Controller.MEMORY);
        try (JailYard yard = JailYard.open(state, FACTS)) {
            IncarnationId id = yard.launch(hog().jail("memory-max", "32M").shell("tail /dev/zero; echo $?; exit 0"));
            assertEquals(ExitStatus.exited(0), yard.end(id).status());
            assertTrue(yard.lastWords(id).contains("137"));
            yard.dismantle(id);
            assertEquals(1, oomKills(yard, id));
        }
    }

    @Test
    void deathBySignalWithinTheLimitIsNoLackOfMemory() {
        needs(Controller.MEMORY);
        try (JailYard yard = JailYard.open(state, FACTS)) {
            IncarnationId id =
                    yard.launch(Sample.of("api").jail("memory-max", "64M").shell("kill -9 $$"));
            assertEquals(ExitStatus.signaled(9, false), yard.end(id).status());
            yard.dismantle(id);
            assertEquals(0, oomKills(yard, id));
        }
    }

    @Test
    void memoryThatNoProgramCanStartInFailsTheLaunchAndSaysWhy() {
        needs(Controller.MEMORY);
        try (JailYard yard = JailYard.open(state, FACTS)) {
            IncarnationId id = yard.launch(Sample.of("api").jail("memory-max", "4K"));
            VassalEvent end = yard.end(id);
            assertEquals(EventKind.LAUNCH_FAILED, end.kind());
            yard.dismantle(id);
            assertTrue(oomKills(yard, id) > 0, end.detail());
            assertEquals(List.of(), leavesLeft(yard));
        }
    }

    @Test
    void forkBombMeetsItsLimitAndIsEndedWhole() {
        needs(Controller.PIDS);
        try (JailYard yard = JailYard.open(state, FACTS)) {
            IncarnationId id = yard.launch(Sample.of("bomb")
                    .pidsMax(20)
                    .shell("b() { b | b & }; b 2>/dev/null; while :; do sleep 1000 & wait $!; done"));
            yard.launched(id);
            Path events = leaf(yard, id, Controller.PIDS).resolve("pids.events");
            yard.waitUntil(() -> !read(events).startsWith("max 0"), () -> "a fork refused");
            assertTrue(members(yard, id, Controller.PIDS).size() <= 21);
            yard.killAndDismantle(id);
            assertEquals(List.of(), leavesLeft(yard));
        }
    }

    @Test
    void programThatUsesUpItsTimeWaits() {
        needs(Controller.CPU);
        try (JailYard yard = JailYard.open(state, FACTS)) {
            IncarnationId id =
                    yard.launch(Sample.of("busy").jail("cpu-max", "10%").shell("while :; do :; done"));
            yard.launched(id);
            Path stat = leaf(yard, id, Controller.CPU).resolve("cpu.stat");
            yard.waitUntil(() -> number(stat, "nr_throttled ") > 1, () -> "throttled: " + read(stat));
            yard.killAndDismantle(id);
        }
    }

    @Test
    void processorsCannotBeChangedByTheProgram() {
        needs(Controller.CPUSET);
        try (JailYard yard = JailYard.open(state, FACTS)) {
            String ask = "sed -n s/^Cpus_allowed_list:.//p /proc/self/status";
            IncarnationId id = yard.launch(Sample.of("bound")
                    .jail("cpuset-cpus", "0")
                    .shell(ask + "; taskset -pc 1 $$ >/dev/null 2>&1 || echo refused; " + ask));
            yard.end(id);
            assertEquals("0\nrefused\n0\n", yard.lastWords(id));
            yard.dismantle(id);
            assertEquals(List.of(), leavesLeft(yard));
        }
    }

    @Test
    void ratesOfADiskAreThoseOfTheFile() throws IOException {
        needs(Controller.IO);
        String disk = disk();
        try (JailYard yard = JailYard.open(state, FACTS)) {
            IncarnationId id = yard.launch(Sample.of("api").jail("io-max", disk + " rbps=1M wiops=50"));
            yard.launched(id);
            String rates = text(yard, id, Controller.IO, Map.of(2, "io.max", 1, "blkio.throttle.read_bps_device"));
            assertTrue(rates.contains(disk) && rates.contains("1048576"), rates);
            yard.killAndDismantle(id);
        }
    }

    private static String disk() throws IOException {
        try (Stream<Path> disks = Files.list(Path.of("/sys/block"))) {
            List<Path> found = disks.toList();
            assumeTrue(!found.isEmpty(), "needs a disk");
            return Files.readString(found.get(0).resolve("dev")).strip();
        }
    }

    @Test
    void diskThatIsNotThereFailsTheLaunchByName() {
        needs(Controller.IO);
        try (JailYard yard = JailYard.open(state, FACTS)) {
            IncarnationId id = yard.launch(Sample.of("api").jail("io-max", "4000:1 rbps=1M"));
            VassalEvent end = yard.end(id);
            assertTrue(end.detail().contains("4000:1") && end.detail().contains("ENODEV"), end.detail());
            yard.dismantle(id);
            assertEquals(List.of(), leavesLeft(yard));
        }
    }

    @Test
    void leavesOfAKilledEmperorAreRemovedFromEveryHierarchy() throws IOException {
        needs(Controller.MEMORY, Controller.CPU);
        try (JailYard yard = JailYard.open(state, FACTS)) {
            yard.leave();
            for (Controller controller : Controller.values()) {
                if (FACTS.cgroups().control(controller).by() != Control.By.NONE) {
                    Files.createDirectories(realm(yard, controller).resolve("old.7"));
                }
            }
            try (Host next = LinuxHost.open(yard.settings(), FACTS)) {
                assertEquals(List.of("old.7"), next.leftovers());
                assertEquals(List.of(), leavesLeft(yard));
            }
        }
    }

    @Test
    void sharedDirectoryIsJoinedAndOutlivesTheJailWithWhoIsInIt() throws Exception {
        String memory = FACTS.cgroups().hierarchies().get("memory");
        assumeTrue(memory != null, "needs the memory hierarchy of cgroup v1");
        Path shared = Path.of(memory, "emperor-test-" + ProcessHandle.current().pid());
        Process other = new ProcessBuilder("/bin/sleep", "1000").start();
        try (JailYard yard = JailYard.open(state, FACTS)) {
            IncarnationId id = yard.launch(Sample.of("tenant")
                    .jail("cgroup", shared.toString())
                    .jail("cgroup-opt", "memory.limit_in_bytes=64M")
                    .jail("cgroup-dir-mode", "750"));
            long program = yard.launched(id).pid();
            Files.writeString(shared.resolve("cgroup.procs"), Long.toString(other.pid()));
            List<String> members = read(shared.resolve("cgroup.procs")).lines().toList();
            assertTrue(members.contains(Long.toString(program)), members.toString());
            assertEquals("67108864", read(shared.resolve("memory.limit_in_bytes")));
            assertEquals(0750, (Integer) Files.getAttribute(shared, "unix:mode") & 0777);
            yard.killAndDismantle(id);
            assertTrue(other.isAlive(), "who else is in it lives on");
            assertTrue(Files.isDirectory(shared));
        } finally {
            other.destroyForcibly().waitFor();
            Files.deleteIfExists(shared);
        }
    }

    @Test
    void vassalWithoutLimitsIsInNoCgroupButItsLeaf() {
        try (JailYard yard = JailYard.open(state, FACTS)) {
            IncarnationId id = yard.launch(Sample.of("api"));
            yard.launched(id);
            assertEquals(1, leavesLeft(yard).size());
            for (Controller controller : Controller.values()) {
                assertFalse(
                        FACTS.cgroups().control(controller).by() == Control.By.LEGACY
                                && Files.exists(realm(yard, controller)),
                        () -> controller + " has no directory of ours");
            }
            yard.killAndDismantle(id);
        }
    }

    private static Sample hog() {
        return Sample.of("hog").jail("memory-swap-max", "0");
    }

    private static void needs(Controller... controllers) {
        for (Controller controller : controllers) {
            Control control = FACTS.cgroups().control(controller);
            assumeTrue(control.by() != Control.By.NONE, control.text());
        }
    }

    private static long oomKills(JailYard yard, IncarnationId id) {
        return yard.told().stream()
                .filter(event -> event.kind() == EventKind.DISMANTLED
                        && event.incarnation().equals(id))
                .findFirst()
                .orElseThrow()
                .status()
                .oomKills();
    }

    private static String text(JailYard yard, IncarnationId id, Controller controller, Map<Integer, String> names) {
        boolean unified = FACTS.cgroups().control(controller).by() == Control.By.UNIFIED;
        return read(leaf(yard, id, controller).resolve(names.getOrDefault(unified ? 2 : 1, "")));
    }

    private static List<Long> members(JailYard yard, IncarnationId id, Controller controller) {
        return read(leaf(yard, id, controller).resolve("cgroup.procs"))
                .lines()
                .map(Long::valueOf)
                .toList();
    }

    private static Path leaf(JailYard yard, IncarnationId id, Controller controller) {
        return realm(yard, controller).resolve(id.toString());
    }

    private static Path realm(JailYard yard, Controller controller) {
        Control control = FACTS.cgroups().control(controller);
        String base = control.by() == Control.By.LEGACY ? control.text() : FACTS.cgroup2();
        return Path.of(LinuxPlanner.realmCgroup(base, yard.settings().realmId()));
    }

    private static List<Path> leavesLeft(JailYard yard) {
        return Stream.concat(
                        Stream.of(Path.of(LinuxPlanner.realmCgroup(
                                FACTS.cgroup2(), yard.settings().realmId()))),
                        Stream.of(Controller.values()).map(controller -> realm(yard, controller)))
                .distinct()
                .flatMap(LimitsTest::directories)
                .toList();
    }

    private static Stream<Path> directories(Path realm) {
        if (!Files.isDirectory(realm)) {
            return Stream.empty();
        }
        try (Stream<Path> entries = Files.list(realm)) {
            return entries.filter(Files::isDirectory).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Path file, String name) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> Long.valueOf(line.substring(name.length())))
                .findFirst()
                .orElse(0L);
    }

    private static String read(Path file) {
        try {
            return new String(Files.newInputStream(file).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
