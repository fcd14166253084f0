package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.emperor.linux.plan.Cgroups;
import org.emperor.linux.plan.Control;
import org.emperor.linux.plan.Controller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories and files as cgroup trees show them; nothing here asks this machine's own. */
class CgroupProbeTest {
    @TempDir
    Path root;

    private Path proc;

    @BeforeEach
    void makeProc() throws IOException {
        proc = root.resolve("proc");
        write("self/cgroup", "0::/\n");
        write("self/mountinfo", "");
    }

    @Test
    void ownCgroupLiesBelowTheMountPoint() throws IOException {
        Path own = cgroup("tree/system.slice/emperor.service", "cpu memory pids");
        write("self/cgroup", "0::/system.slice/emperor.service\n");
        mount("/", root.resolve("tree"), "cgroup2 cgroup2 rw");
        assertEquals(own.toString(), cgroups().tree());
        for (Controller controller : Set.of(Controller.CPU, Controller.MEMORY, Controller.PIDS)) {
            assertEquals(Control.UNIFIED, cgroups().control(controller));
        }
    }

    @Test
    void controllerThatOnlyCgroupsAboveHaveIsNotDelegated() throws IOException {
        Path own = cgroup("tree/system.slice/emperor.service", "memory");
        cgroup("tree", "cpu io memory");
        write("self/cgroup", "0::/system.slice/emperor.service\n");
        mount("/", root.resolve("tree"), "cgroup2 cgroup2 rw");
        assertEquals(
                Control.none("the cpu controller is not delegated to the emperor's cgroup " + own),
                cgroups().control(Controller.CPU));
        assertEquals(
                Control.none("this host has no cpuset controller, neither v2 nor v1"),
                cgroups().control(Controller.CPUSET));
    }

    @Test
    void controllerThatTheKernelWasStartedWithoutIsNamedSo() throws IOException {
        cgroup("tree", "cpu");
        mount("/", root.resolve("tree"), "cgroup2 cgroup2 rw");
        write("cgroups", "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t0\t80\t1\nmemory\t0\t1\t0\n");
        assertEquals(
                Control.none("the memory controller is switched off on this host (cgroup_disable)"),
                cgroups().control(Controller.MEMORY));
    }

    @Test
    void mountOfAPartOfTheTreeShowsTheRestOfThePath() throws IOException {
        Path own = cgroup("tree/inner", "memory");
        write("self/cgroup", "0::/docker/4711/inner\n");
        mount("/docker/4711", root.resolve("tree"), "cgroup2 cgroup rw");
        assertEquals(own.toString(), cgroups().tree());
        assertEquals(Control.By.NONE, cgroups().control(Controller.PIDS).by());
    }

    @Test
    void mountThatDoesNotShowTheOwnCgroupIsPassedOver() throws IOException {
        cgroup("other", "pids");
        Path own = cgroup("tree", "pids");
        write("self/cgroup", "0::/docker/4711\n");
        mount("/docker/47", root.resolve("other"), "cgroup2 cgroup rw");
        mount("/docker/4711", root.resolve("tree"), "cgroup2 cgroup rw");
        assertEquals(own.toString(), cgroups().tree());
    }

    @Test
    void blanksInMountPointsAreUnderstood() throws IOException {
        Path own = cgroup("my - tree", "pids");
        mount("/", root.resolve("my - tree"), "cgroup2 cgroup2 rw");
        assertEquals(own.toString(), cgroups().tree());
    }

    @Test
    void pathThatIsNotUtf8SpoilsOnlyItsOwnLine() throws IOException {
        Path own = cgroup("tree", "pids");
        mount("/", root.resolve("tree"), "cgroup2 cgroup2 rw");
        byte[] odd = "99 1 0:9 / /home/mallory/\u00ff\u00fe rw - fuse.x x rw\n".getBytes(StandardCharsets.ISO_8859_1);
        byte[] good = Files.readAllBytes(proc.resolve("self/mountinfo"));
        byte[] both = Arrays.copyOf(odd, odd.length + good.length);
        System.arraycopy(good, 0, both, odd.length, good.length);
        Files.write(proc.resolve("self/mountinfo"), both);
        assertEquals(own.toString(), cgroups().tree());
    }

    @Test
    void controllersOfVersionOneAreFoundBesideOthers() throws IOException {
        Path cpu = cgroup("cpu/own", "");
        Path pids = cgroup("pids", "");
        Path blkio = cgroup("blkio", "");
        write("self/cgroup", "10:cpu,cpuacct:/own\n8:misc,pids:/\n7:blkio:/\n1:name=systemd:/\n");
        mount("/", root.resolve("cpu"), "cgroup cgroup rw,cpu,cpuacct");
        mount("/", root.resolve("pids"), "cgroup cgroup rw,misc,pids");
        mount("/", root.resolve("blkio"), "cgroup cgroup rw,blkio");
        Files.createFile(cpu.resolve("cpu.cfs_quota_us"));
        Files.createFile(blkio.resolve("blkio.bfq.io_serviced"));
        Cgroups found = cgroups();
        assertEquals(Control.legacy(cpu.toString()), found.control(Controller.CPU));
        assertEquals(Control.legacy(pids.toString()), found.control(Controller.PIDS));
        assertEquals(Control.legacy(blkio.toString()), found.control(Controller.IO));
        assertEquals("", found.tree());
        assertEquals(
                Map.of(
                        "cpu", root + "/cpu",
                        "cpuacct", root + "/cpu",
                        "misc", root + "/pids",
                        "pids", root + "/pids",
                        "blkio", root + "/blkio"),
                found.hierarchies());
        assertEquals(Set.of("blkio.throttle.read_bps_device"), found.lacking(), "weights are not in the root");
    }

    @Test
    void processorsAndNodesAreThoseOfTheOwnCgroup() throws IOException {
        Path tree = cgroup("tree", "cpuset");
        mount("/", root.resolve("tree"), "cgroup2 cgroup2 rw");
        Files.writeString(tree.resolve("cpuset.cpus.effective"), "0-2\n");
        Files.writeString(tree.resolve("cpuset.mems.effective"), "0\n");
        assertEquals("0-2", cgroups().cpus());
        assertEquals("0", cgroups().nodes());
    }

    @Test
    void hostWithoutAnyTreeSaysSoOfEveryController() {
        Cgroups found = cgroups();
        assertEquals("", found.tree());
        for (Controller controller : Controller.values()) {
            assertTrue(found.control(controller).text().startsWith("this host has no " + controller.word()));
        }
    }

    private Cgroups cgroups() {
        return new CgroupProbe(proc).cgroups();
    }

    private Path cgroup(String path, String controllers) throws IOException {
        Path directory = Files.createDirectories(root.resolve(path));
        Files.writeString(directory.resolve("cgroup.controllers"), controllers + "\n");
        return directory;
    }

    private void mount(String part, Path point, String rest) throws IOException {
        String escaped = point.toString().replace(" ", "\\040");
        String line = "38 31 0:35 " + part + " " + escaped + " rw,nosuid shared:7 - " + rest + "\n";
        Files.writeString(proc.resolve("self/mountinfo"), Files.readString(proc.resolve("self/mountinfo")) + line);
    }

    private void write(String file, String content) throws IOException {
        Path path = proc.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
