package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** The examples of "Jailing your apps using Linux Namespaces", unchanged but for paths, looked at from inside. */
@Tag("kernel")
class DocumentedTest {
    private static RunningEmperor emperor;
    private static Path distro;
    private static Path mountPoint;

    @BeforeAll
    static void start() throws IOException {
        emperor = RunningEmperor.start();
        distro = Files.createDirectory(emperor.place().path().resolve("distro"));
        mountPoint = Files.createDirectory(emperor.place().path().resolve("ns"));
        for (String name : List.of("proc", "dev", "dev/pts", ".old_root", "nfs", "bin", "lib", "lib64", "usr")) {
            Files.createDirectory(distro.resolve(name));
        }
        Probe.into(distro);
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static Report reportOf(String name, String... lines) {
        emperor.drop(name, lines);
        return emperor.report(name);
    }

    private static void assertApart(Report report, Set<String> apart) {
        for (String name : List.of("mnt", "net", "ipc", "uts", "pid", "user")) {
            boolean own = !Host.link(emperor.pid(), "ns/" + name)
                    .equals(report.namespaces().get(name));
            assertEquals(apart.contains(name), own, name);
        }
    }

    private static List<String> mountPoints(Report report) {
        return report.list("mounts").stream()
                .map(line -> line.split(" ", -1)[4])
                .toList();
    }

    @Test
    void unshareMakesTheNamespacesItNames() {
        Report report = reportOf("unshared", "exec = " + emperor.probe("report", "stay"), "unshare = ipc,uts");

        assertApart(report, Set.of("ipc", "uts"));
        emperor.dismiss("unshared");
    }

    @Test
    void pidNamespaceOfUnshareHasAnInitByAnAdditionalFork() {
        Report report = reportOf(
                "reforked",
                "exec = " + emperor.probe("report", "stay"),
                "unshare = pid,fs",
                "refork-as-root = true",
                "uid = www-data");

        assertApart(report, Set.of("pid", "mnt"));
        assertEquals(2, report.number("pid"));
        assertEquals(List.of("jail-init"), report.list("parent"));
        assertEquals(Set.of("1", "2"), Set.copyOf(report.list("processes")));
        assertEquals(List.of("0", "1", "2"), report.list("fds"));
        assertEquals(List.of("33", "33", "33"), report.list("uids"));
        emperor.untilRunning("reforked");
        emperor.dismiss("reforked");
    }

    @Test
    void pivotRootRecipeWorksWithUnshare() {
        Report report = reportOf(
                "pivoted",
                "exec = /probe report stay",
                "unshare = fs",
                "hook-post-jail = mount:none " + distro + " " + mountPoint + " bind",
                "pivot_root = " + mountPoint + " " + mountPoint + "/.old_root",
                "; bind mount some useful fs like /dev and /proc",
                "hook-as-root = mount:proc none /proc nodev hidepid=2",
                "hook-as-root = mount:none /.old_root/dev /dev bind",
                "hook-as-root = mount:none /.old_root/dev/pts /dev/pts bind",
                "; umount the old tree",
                "hook-as-root = umount:/.old_root rec,detach");

        assertApart(report, Set.of("mnt"));
        assertTrue(report.list("root").containsAll(List.of("probe", "proc", "dev")));
        assertEquals(Set.of("/", "/proc", "/dev", "/dev/pts"), Set.copyOf(mountPoints(report)));
        emperor.place().untilMountsAreAsBefore();
        emperor.dismiss("pivoted");
        assertEquals(List.of(), Place.entries(mountPoint), "nothing is mounted there on the host");
    }

    @Test
    void namespaceIsASystemOfItsOwnWithWhatIsKept() {
        Path data = emperor.place().path().resolve("vassals");
        Report report = reportOf(
                "system",
                "exec = /probe report stay",
                "namespace = " + distro + ":mybeautifulhostname",
                "; keep the folder",
                "namespace-keep-mount = " + data + ":/nfs");

        assertApart(report, Set.of("mnt", "ipc", "uts", "pid"));
        assertEquals("mybeautifulhostname", report.text("hostname"));
        assertEquals(Set.of("/", "/proc", "/nfs"), Set.copyOf(mountPoints(report)));
        emperor.place().untilMountsAreAsBefore();
        emperor.dismiss("system");
    }

    @Test
    void commandThatFailsIsShownWithItsExitCode() {
        emperor.drop("failing", "exec = " + emperor.probe("report", "stay"), "exec-pre-jail = exit 3");

        emperor.untilShown("failing", "waiting with the reason", shown -> shown.get("reason")
                .textValue()
                .contains("run \"exit 3\": exit code 3"));
        emperor.untilLogged("cannot launch vassal failing: step init/", "exit code 3", "next attempt");
        emperor.dismiss("failing");
    }

    @Test
    void commandThatHangsIsEndedAtTheStartTimeoutAndNamed() {
        emperor.drop(
                "hanging",
                "exec = " + emperor.probe("report", "stay"),
                "start-timeout = 1s",
                "exec-as-root = sleep 1000",
                "backoff-delay = 1h");

        emperor.untilLogged(
                "cannot launch vassal hanging: step init/", "run \"sleep 1000\": ETIMEDOUT", "next attempt");
        emperor.dismiss("hanging");
    }

    @Test
    void outputOfCommandsIsTheVassals() {
        emperor.drop("talking", "exec = " + emperor.probe("report", "stay"), "exec-asap = echo from a hook");

        emperor.untilSaid("talking", "from a hook");
        emperor.untilRunning("talking");
        emperor.dismiss("talking");
    }
}
