package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.realm.EventKind;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.Signal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Namespaces that the plan makes while it runs, and the process that a PID namespace needs. */
@Tag("kernel")
class UnshareTest {
    private static final String PROCESSES = "echo $$ $PPID; ls /proc | grep '^[0-9]' | sort -n | tr '\\n' ' '";

    @TempDir
    Path state;

    private static String run(JailYard yard, Sample sample) {
        IncarnationId id = yard.launch(sample);
        VassalEvent end = yard.end(id);
        String written = yard.lastWords(id);
        assertEquals(ExitStatus.exited(0), end.status(), end + written);
        yard.dismantle(id);
        assertNothingLeft(yard);
        return written;
    }

    private static void assertNothingLeft(JailYard yard) {
        yard.waitUntil( // what outlived its init is reaped in a later turn
                () -> ProcessHandle.current().children().findAny().isEmpty(), () -> "no process is left");
        assertEquals(0, yard.filesLeft(), "files");
        assertEquals(0, yard.leavesLeft(), "cgroups");
    }

    @Test
    void hooksBeforeItSeeTheHostsNamespacesAndThoseAfterTheirOwn() throws IOException {
        String host = Files.readSymbolicLink(Path.of("/proc/self/ns/uts")).toString();
        Sample sample = Sample.of("api")
                .shell("readlink /proc/self/ns/uts; hostname")
                .jail("unshare", "uts,ipc")
                .jail("hostname", "inner")
                .jail("exec-pre-jail", "readlink /proc/self/ns/uts")
                .jail("exec-post-jail", "readlink /proc/self/ns/uts");
        try (JailYard yard = JailYard.open(state)) {
            List<String> lines = run(yard, sample).lines().toList();
            assertEquals(host, lines.get(0));
            assertNotEquals(host, lines.get(1));
            assertEquals(lines.get(1), lines.get(2));
            assertEquals("inner", lines.get(3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "refork", "refork-as-root", "refork-post-jail"})
    void initIsTheFirstProcessOfAPidNamespaceAndTheProgramTheSecond(String refork) {
        Sample sample = Sample.of("api").shell(PROCESSES).jail("unshare", "fs,pid");
        if (!refork.isEmpty()) {
            sample.jail(refork, "true");
        }
        try (JailYard yard = JailYard.open(state)) {
            List<String> lines = run(yard, sample).lines().toList();
            assertEquals("2 1", lines.get(0));
            assertTrue(lines.get(1).startsWith("1 2 "), lines.toString());
        }
    }

    @Test
    void hooksAfterTheForkAreChildrenOfInit() {
        Sample sample = Sample.of("api")
                .exec("/bin/true")
                .jail("unshare", "pid")
                .jail("exec-pre-jail", "test $PPID -gt 1")
                .jail("exec-post-jail", "echo $$ $PPID")
                .jail("exec-as-root", "echo $$ $PPID");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("2 1\n3 1\n", run(yard, sample));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"refork-post-jail", "refork-as-root", "refork"})
    void hooksBeforeTheForkAreNotTheFirstProcessOfTheNamespace(String refork) {
        Sample sample = Sample.of("api")
                .shell("echo $$ $PPID")
                .jail("unshare", "pid,ipc")
                .jail(refork, "true")
                .jail("exec-post-jail", "test $$ -gt 2")
                .jail("hook-post-jail", "exec:test $$ -gt 2");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("2 1\n", run(yard, sample));
        }
    }

    @Test
    void lateOnesAreMadeInTheFinalRoot() throws IOException {
        String host = Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")).toString();
        Sample sample = Sample.of("api")
                .shell("readlink /proc/self/ns/mnt")
                .jail("unshare2", "fs")
                .jail("exec-in-jail", "readlink /proc/self/ns/mnt")
                .jail("mount-as-root", "tmpfs none /mnt");
        try (JailYard yard = JailYard.open(state)) {
            List<String> lines = run(yard, sample).lines().toList();
            assertEquals(host, lines.get(0));
            assertNotEquals(host, lines.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user,fs,pid,uts,ipc,net", "user,pid", "user,cgroup,pid,fs"})
    void allOfThemWorkWithAUserNamespace(String namespaces) {
        try (JailYard yard = JailYard.open(state)) {
            String written = run(
                    yard,
                    Sample.of("api").shell("id -u; cat /proc/self/uid_map").jail("unshare", namespaces));
            assertTrue(written.matches("0\n +0 +268435456 +65536\n"), written);
        }
    }

    @Test
    void howTheProgramEndsIsKnownAndSignalsReachIt() {
        Sample sample = Sample.of("api")
                .shell("trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done")
                .jail("unshare", "fs,pid");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            long pid = yard.launched(id).pid();
            assertTrue(ProcessHandle.of(pid).isPresent(), "its number outside");
            yard.written(id, "ready");
            yard.backend().signal(id, Signal.parse("TERM").orElseThrow());
            assertEquals(ExitStatus.exited(7), yard.end(id).status());
            yard.dismantle(id);
            assertNothingLeft(yard);
        }
    }

    @Test
    void killingEndsTheWholeNamespaceEvenWithoutACgroup() {
        LinuxFacts facts = HostProbe.probe().withoutCgroups();
        Sample sample = Sample.of("api").shell("sleep 1000 & setsid sleep 1000").jail("unshare", "pid");
        try (JailYard yard = JailYard.open(state, facts)) {
            IncarnationId id = yard.launch(sample);
            long pid = yard.launched(id).pid();
            Set<ProcessHandle> all =
                    Set.copyOf(ProcessHandle.current().descendants().toList());
            yard.killAndDismantle(id);
            yard.waitUntil(() -> all.stream().noneMatch(ProcessHandle::isAlive), () -> "the end of all of " + pid);
        }
    }

    @Test
    void stepThatFailsAfterTheForkIsToldAndLeavesNothing() {
        try (JailYard yard = JailYard.open(state)) {
            for (String line : List.of("exit 4", "no-such-command")) {
                IncarnationId id =
                        yard.launch(Sample.of("api").jail("unshare", "fs,pid").jail("exec-as-root", line));
                VassalEvent end = yard.end(id);
                assertEquals(EventKind.LAUNCH_FAILED, end.kind());
                assertTrue(end.detail().contains("run \"" + line + "\": exit code "), end.detail());
                yard.dismantle(id);
            }
            IncarnationId id = yard.launch(Sample.of("api").exec("/no/such").jail("unshare", "fs,pid"));
            assertTrue(yard.end(id).detail().contains("execute /no/such: ENOENT"));
            yard.dismantle(id);
            assertNothingLeft(yard);
        }
    }

    @Test
    void namespaceLeavesMountsBelowItsRootBehindUnlessTheyAreKept() throws IOException {
        Path root = Files.createDirectory(state.resolve("root"));
        for (String name : List.of("proc", "lost", "kept", "moved", "bin", "lib", "lib64", "usr")) {
            Files.createDirectory(root.resolve(name));
        }
        String mounts = "mount -t tmpfs none %1$s/lost && mount -t tmpfs none %1$s/kept && echo in > %1$s/kept/file"
                + " && mount --bind /usr %1$s/usr && mount --bind /lib %1$s/lib && mount --bind /lib64 %1$s/lib64"
                + " && mount --bind /bin %1$s/bin";
        Sample sample = Sample.of("api")
                .shell("cat /kept/file; ls /moved; ls /lost; grep -c . /proc/self/mountinfo")
                .jail("namespace", root + ":inner")
                .jail("exec-post-jail", String.format(mounts, root))
                .jail("namespace-keep-mount", root + "/kept")
                .jail("namespace-keep-mount", "/etc/apt:/moved")
                .jail("namespace-keep-mount", root + "/usr")
                .jail("namespace-keep-mount", root + "/bin")
                .jail("namespace-keep-mount", root + "/lib")
                .jail("namespace-keep-mount", root + "/lib64");
        try (JailYard yard = JailYard.open(state)) {
            List<String> lines = run(yard, sample).lines().toList();
            assertEquals("in", lines.get(0));
            assertTrue(lines.contains("sources.list.d"), lines.toString());
            assertEquals("8", lines.get(lines.size() - 1), "root, proc and the six that were kept");
        }
    }

    @Test
    void mountThatCannotBeKeptIsTold() throws IOException {
        Path root = Files.createDirectories(state.resolve("root/proc")).getParent();
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(
                    Sample.of("api").jail("namespace", root.toString()).jail("namespace-keep-mount", "/no/such:/proc"));
            VassalEvent end = yard.end(id);
            assertTrue(end.detail().contains("keep /no/such mounted on /proc: ENOENT"), end.detail());
            yard.dismantle(id);
        }
    }
}
