package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Presets in a root directory that the file names: nothing of the old root stays, and the new one cannot be changed. */
@Tag("kernel")
class PresetRootTest {
    private static final int EROFS = 30;
    private static final int ENOENT = 2;

    private static RunningEmperor emperor;
    private static Path distro;
    private static Path mountPoint;

    @BeforeAll
    static void start() throws IOException {
        emperor = RunningEmperor.start();
        distro = Files.createDirectory(emperor.place().path().resolve("distro"));
        mountPoint = Files.createDirectory(emperor.place().path().resolve("ns"));
        for (String name : List.of("proc", "sys", "dev", "tmp", "run", "data", ".old_root")) {
            Files.createDirectory(distro.resolve(name));
        }
        Probe.into(distro);
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static final String LOOK = "look:/,/data,/tmp,/run,/dev,/proc/keys,/proc/self/comm,/sys,/.old_root";

    private static Report look(String name, String... lines) {
        List<String> all = new ArrayList<>(List.of("exec = /probe " + LOOK + " report stay"));
        all.addAll(List.of(lines));
        emperor.drop(name, all.toArray(String[]::new));
        return emperor.report(name);
    }

    private static void showsOnlyTheNewRoot(Report report) {
        assertEquals(
                Set.of("probe", "proc", "sys", "dev", "tmp", "run", "data"),
                Set.copyOf(report.look("/").list("names")));
        assertEquals(EROFS, report.look("/").number("write"));
        assertEquals(EROFS, report.look("/data").number("write"));
        assertEquals(0, report.look("/tmp").number("write"));
        assertEquals(0, report.look("/run").number("write"));
        assertEquals(0, report.look("/proc/keys").number("bytes"));
        assertEquals(0, report.look("/proc/self/comm").number("write"));
        assertTrue(report.look("/dev").list("names").contains("null"));
        assertTrue(report.look("/sys").list("names").contains("kernel"));
        for (String line : report.list("mounts")) {
            String place = line.split(" ", -1)[4];
            assertTrue(place.equals("/") || place.matches("/(proc|sys|dev|tmp|run)(/.*)?"), "of the old root: " + line);
        }
        assertTrue(report.flags("/").containsAll(List.of("ro", "nosuid", "nodev")));
        assertEquals(2, report.mounts("/dev").size());
        String below = String.join(" ", report.mounts("/dev").get(0));
        assertTrue(
                below.contains(" - tmpfs ") && below.contains(",nr_inodes=") && below.contains(" ro,"),
                "the masks' tmpfs: " + below);
    }

    private static void leavesNothingBehind(String vassal) {
        emperor.untilRunning(vassal);
        emperor.dismiss(vassal);
        emperor.place().untilMountsAreAsBefore();
        assertEquals(List.of(), Place.entries(mountPoint));
        assertEquals(List.of(), Place.entries(distro.resolve("tmp")));
        assertEquals(List.of(), Place.entries(distro.resolve("dev")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "strict"})
    void pivotRootWithoutAWordOnTheOldRootLeavesNoneOfIt(String preset) {
        Report report = look(
                "pivot-" + preset,
                "jail-preset = " + preset,
                "hook-post-jail = mount:none " + distro + " " + mountPoint + " bind",
                "pivot_root = " + mountPoint + " " + mountPoint + "/.old_root");

        showsOnlyTheNewRoot(report);
        assertEquals(List.of(), report.look("/.old_root").list("names"));
        leavesNothingBehind("pivot-" + preset);
    }

    /** Its own /proc, /dev and umount come first; the preset's are put over them. */
    @Test
    void recipeOfTheDocumentationWorksWithAPreset() throws IOException {
        Files.createDirectories(distro.resolve("dev/pts"));
        Report report = look(
                "recipe",
                "jail-preset = standard",
                "hook-post-jail = mount:none " + distro + " " + mountPoint + " bind",
                "pivot_root = " + mountPoint + " " + mountPoint + "/.old_root",
                "hook-as-root = mount:proc none /proc nodev hidepid=2",
                "hook-as-root = mount:none /.old_root/dev /dev bind",
                "hook-as-root = mount:none /.old_root/dev/pts /dev/pts bind",
                "hook-as-root = umount:/.old_root rec,detach");
        Files.delete(distro.resolve("dev/pts"));

        showsOnlyTheNewRoot(report);
        assertFalse(report.flags("/proc").contains("noexec"), "the one of the file");
        leavesNothingBehind("recipe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "strict"})
    void namespaceWorksWithAPreset(String preset) {
        Report report = look("own-" + preset, "jail-preset = " + preset, "namespace = " + distro + ":inside");

        showsOnlyTheNewRoot(report);
        assertEquals("inside", emperor.report("own-" + preset, 2).text("hostname"));
        leavesNothingBehind("own-" + preset);
    }

    @Test
    void chrootWorksWithAPreset() {
        Report report = look("chrooted", "jail-preset = standard", "chroot = " + distro);

        assertEquals(EROFS, report.look("/data").number("write"));
        assertEquals(0, report.look("/tmp").number("write"));
        leavesNothingBehind("chrooted");
    }

    @Test
    void bindReachesFromTheHostIntoTheNewRoot() throws IOException {
        Path data = Files.createDirectory(emperor.place().path().resolve("data"));
        Report report = look("bound", "jail-preset = standard", "namespace = " + distro, "bind = " + data + ":/data");

        assertEquals(0, report.look("/data").number("write"));
        leavesNothingBehind("bound");
    }

    /** A tenant who owns the root aims a place of the jail's at another. */
    @Test
    void linkOfATenantIsNotFollowed() throws IOException {
        Path trap = Files.createDirectory(emperor.place().path().resolve("trap"));
        Probe.into(trap);
        Files.createDirectory(trap.resolve("etc"));
        Files.createDirectory(trap.resolve("proc"));
        Files.createSymbolicLink(trap.resolve("dev"), Path.of("/etc"));
        emperor.drop("trapped", "exec = /probe report stay", "jail-preset = standard", "namespace = " + trap);

        emperor.untilFailsIn("trapped", "open /dev", "ELOOP");
        emperor.place().untilMountsAreAsBefore();
    }

    @Test
    void bareRootNeedsNoPlaceForWhatIsPrivateButADev() throws IOException {
        Path bare = Files.createDirectory(emperor.place().path().resolve("bare"));
        Probe.into(bare);
        emperor.drop("no-dev", "exec = /probe look:/ stay", "jail-preset = standard", "chroot = " + bare);
        emperor.untilFailsIn("no-dev", "open /dev", "ENOENT");
        emperor.drop(
                "bare",
                "exec = /probe look:/,/tmp stay",
                "jail-preset = standard",
                "private-dev = no",
                "chroot = " + bare);

        assertEquals(EROFS, emperor.report("bare").look("/").number("write"));
        assertEquals(ENOENT, emperor.report("bare").look("/tmp").number("missing"));
        emperor.dismiss("bare");
    }
}
