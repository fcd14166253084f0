package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Vassals in a root directory of their own, by each of the ways that uWSGI's documentation shows. */
@Tag("kernel")
class RootTest {
    private static RunningEmperor emperor;
    private static Path distro;
    private static Path mountPoint;

    /** A tree that holds nothing but the probe and empty directories. */
    @BeforeAll
    static void start() throws IOException {
        emperor = RunningEmperor.start();
        distro = Files.createDirectory(emperor.place().path().resolve("distro"));
        mountPoint = Files.createDirectory(emperor.place().path().resolve("ns"));
        for (String name : List.of("proc", "dev", "dev/pts", ".old_root", "data")) {
            Files.createDirectory(distro.resolve(name));
        }
        Probe.into(distro);
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    /** Word for word as in "Jailing your apps using Linux Namespaces", with unshare done by the emperor's clone. */
    private static String[] recipe(String... more) {
        List<String> lines = new java.util.ArrayList<>(List.of(
                "exec = /probe report stay",
                "clone = fs,ipc,uts,pid",
                "hook-post-jail = mount:none " + distro + " " + mountPoint + " bind",
                "pivot_root = " + mountPoint + " " + mountPoint + "/.old_root",
                "; bind mount some useful fs like /dev and /proc",
                "hook-as-root = mount:proc none /proc nodev hidepid=2",
                "hook-as-root = mount:none /.old_root/dev /dev bind",
                "hook-as-root = mount:none /.old_root/dev/pts /dev/pts bind",
                "; umount the old tree",
                "hook-as-root = umount:/.old_root rec,detach"));
        lines.addAll(List.of(more));
        return lines.toArray(String[]::new);
    }

    @Test
    void pivotRootRecipeOfTheDocumentationWorks() {
        emperor.drop("pivoted", recipe());
        Report report = emperor.report("pivoted");

        assertEquals(Set.of("probe", "proc", "dev", "data"), Set.copyOf(report.list("root")), "and .old_root, hidden");
        assertEquals("/", report.text("cwd"));
        List<String> mounts = mountPoints(report);
        assertEquals(Set.of("/", "/proc", "/dev", "/dev/pts"), Set.copyOf(mounts), "nothing of the old tree is left");
        assertEquals(Set.of("1", "2"), Set.copyOf(report.list("processes")));
        emperor.place().untilMountsAreAsBefore();
        emperor.untilRunning("pivoted");
        emperor.dismiss("pivoted");
        assertEquals(List.of(), Place.entries(mountPoint), "nothing is mounted there on the host");
    }

    @Test
    void procOfTheRecipeHidesOtherUsersProcesses() {
        emperor.drop("hidden", recipe("uid = www-data"));

        assertEquals(List.of("2"), emperor.report("hidden").list("processes"), "hidepid=2 hides root's jail-init");
        emperor.dismiss("hidden");
    }

    @Test
    void namespaceIsAWholeSystemOfItsOwn() {
        emperor.drop("system", "exec = /probe report stay", "namespace = " + distro + ":mybeautifulhostname");
        Report report = emperor.report("system");

        assertEquals("mybeautifulhostname", report.text("hostname"));
        assertEquals(Set.of("probe", "proc", "dev", "data"), Set.copyOf(report.list("root")));
        assertEquals(Set.of("1", "2"), Set.copyOf(report.list("processes")));
        assertEquals(Set.of("/", "/proc"), Set.copyOf(mountPoints(report)), "nothing of the host's tree is mounted");
        for (String name : List.of("mnt", "ipc", "uts", "pid")) {
            assertNotEquals(
                    Host.link(emperor.pid(), "ns/" + name), report.namespaces().get(name), name);
        }
        emperor.dismiss("system");
    }

    @Test
    void namespaceWorksInAUserNamespaceToo() {
        emperor.drop("unreal", "exec = /probe report stay", "clone = user", "namespace = " + distro + ":unreal");
        Report report = emperor.report("unreal");

        assertEquals("unreal", report.text("hostname"));
        assertEquals(Set.of("/", "/proc"), Set.copyOf(mountPoints(report)));
        emperor.dismiss("unreal");
    }

    @Test
    void chrootShowsOnlyTheTreeBelow() {
        emperor.drop("rooted", "exec = /probe report stay", "chroot = " + distro);
        Report report = emperor.report("rooted");

        assertEquals(Set.of("probe", "proc", "dev", "data"), Set.copyOf(report.list("root")));
        assertEquals("/", report.text("cwd"));
        emperor.dismiss("rooted");
    }

    @Test
    void directoryOfTheProgramIsInsideTheNewRoot() {
        emperor.drop("inside", "exec = /probe report stay", "namespace = " + distro, "chdir = /data");

        assertEquals("/data", emperor.report("inside").text("cwd"));
        emperor.dismiss("inside");
    }

    @Test
    void missingRootDirectoryIsToldByStepObjectAndErrno() {
        Path missing = emperor.place().path().resolve("nowhere");
        tellsWhatFailed("lost-chroot", "change root to " + missing, "chroot = " + missing);
        tellsWhatFailed("lost-namespace", "bind " + missing, "namespace = " + missing);
        tellsWhatFailed(
                "lost-pivot", "enter " + missing, "clone = fs", "pivot-root = " + missing + " " + missing + "/old");
    }

    @Test
    void missingMountSourceIsToldByStepObjectAndErrno() {
        Path missing = emperor.place().path().resolve("absent");
        tellsWhatFailed(
                "lost-mount",
                "mount " + missing + " on " + mountPoint,
                "clone = fs",
                "hook-post-jail = mount:none " + missing + " " + mountPoint + " bind");
    }

    @Test
    void missingDirectoryOfTheProgramIsTold() {
        tellsWhatFailed("lost-chdir", "enter /nowhere", "clone = fs,pid", "chdir = /nowhere");
    }

    /** In the status and in the log, with what happens next; nothing of the attempt stays. */
    private static void tellsWhatFailed(String vassal, String step, String... lines) {
        List<String> all = new java.util.ArrayList<>(List.of("exec = /probe report stay"));
        all.addAll(List.of(lines));
        emperor.drop(vassal, all.toArray(String[]::new));

        emperor.untilShown(vassal, "waiting with the reason", shown -> {
            String reason = shown.get("reason").textValue();
            return shown.get("state").textValue().equals("waiting")
                    && reason.contains("step ")
                    && reason.contains(step)
                    && reason.contains("ENOENT (no such file or directory)");
        });
        emperor.untilLogged("cannot launch vassal " + vassal + ": step ", step, "ENOENT", "next attempt");
        assertTrue(emperor.shown(vassal).get("next_attempt").isTextual());
        assertTrue(emperor.shown(vassal).get("last").isNull(), "no program ran, so none ended");
        emperor.dismiss(vassal);
        assertFalse(emperor.place().cgroups().stream().anyMatch(path -> path.contains("/" + vassal + ".")));
    }

    private static List<String> mountPoints(Report report) {
        return report.list("mounts").stream()
                .map(line -> line.split(" ", -1)[4])
                .toList();
    }
}
