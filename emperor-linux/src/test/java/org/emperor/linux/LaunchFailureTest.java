package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.emperor.jail.IdRanges;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.realm.EventKind;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.VassalEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A launch that fails, at whatever step, says at which and why, and leaves nothing behind. */
@Tag("kernel")
class LaunchFailureTest {
    private static final int REPEATS = 12;
    private static final String ALL = "fs,net,ipc,uts,pid,user,cgroup";

    @TempDir
    Path state;

    /** A way to make one step of a big plan fail, and what must be told then. */
    private record Fault(String step, String why, Function<JailYard, Sample> sample) {
        boolean isInside() {
            return step.startsWith("init") || step.startsWith("main");
        }

        @Override
        public String toString() {
            return step + " " + why;
        }
    }

    private static Fault fault(String step, String why, Sample sample) {
        return new Fault(step, why, yard -> sample);
    }

    private static Sample big(String clone) {
        return Sample.of("api").jail("clone", clone).jail("hostname", "api").pidsMax(10);
    }

    static Stream<Fault> faults() {
        return Stream.of(
                fault(
                        "init/",
                        "mount nosuchfs on /tmp: ENODEV",
                        big(ALL).jail("hook-as-root", "mount:nosuchfs none /tmp")),
                fault(
                        "init/",
                        "mount tmpfs on /no/such: ENOENT",
                        big(ALL).jail("hook-post-jail", "mount:tmpfs none /no/such")),
                fault("init/", "unmount /nowhere: ENOENT", big(ALL).jail("hook-in-jail", "umount:/nowhere")),
                fault("init/", "change root to /no/such: ENOENT", big(ALL).jail("chroot", "/no/such")),
                fault("init/", "bind /no/such on itself: ENOENT", big(ALL).jail("namespace", "/no/such")),
                fault("init/", "enter /no/such: ENOENT", big(ALL).jail("pivot-root", "/no/such /no/such/old")),
                fault("init/", "make /tmp the root: E", big("fs,pid").jail("pivot-root", "/tmp /tmp/nothing")),
                fault("init/", "run \"exit 9\": exit code 9", big(ALL).jail("exec-post-jail", "exit 9")),
                fault("init/", "run \"exit 9\": exit code 9", big("").jail("exec-as-root", "exit 9")),
                fault("init/", "exit code 4", big("").jail("unshare", ALL).jail("exec-as-root", "sleep 99 & exit 4")),
                fault("main/", "killed by signal 15", big(ALL).jail("exec-as-user", "kill $$")),
                fault("init/", "write to /no/such: ENOENT", big(ALL).jail("file-write", "/no/such=x")),
                fault("init/", "turn interface none up: ENODEV", big(ALL).jail("hook-as-root", "ifup:none")),
                fault("init/", "make directory /tmp: EEXIST", big(ALL).jail("hook-asap", "mkdir:/tmp")),
                fault("main/", "write the process id to /no/such/p: ENOENT", big(ALL).jail("pidfile2", "/no/such/p")),
                fault("main/", "enter /no/such: ENOENT", big(ALL).in("/no/such")),
                fault("main/", "enter /etc/passwd: ENOTDIR", big(ALL).in("/etc/passwd")),
                fault("main/", "execute /no/such: ENOENT", big(ALL).exec("/no/such")),
                fault("main/", "execute /etc/passwd: EACCES", big(ALL).exec("/etc/passwd")),
                fault("main/", "execute /tmp: EACCES", big(ALL).exec("/tmp")),
                fault("main/", "execute no-such found on PATH: ENOENT", big(ALL).exec("no-such")),
                fault(
                        "main/",
                        "execute no-such found on PATH: ENOENT",
                        big("pid").exec("no-such")),
                fault("main/", "execute no-such found on PATH: ENOENT", big("").exec("no-such")),
                fault("main/", "execute /bin/true: E2BIG", big(ALL).exec("/bin/true", "x".repeat(131_072))),
                fault(
                        "init/",
                        "execute /no/such: ENOENT",
                        big(ALL).withoutInit().exec("/no/such")),
                fault(
                        "init/",
                        "execute no-such found on PATH: ENOENT",
                        big("").withoutInit().exec("no-such")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void failedStepInsideIsToldWithItsObjectAndErrno(Fault fault) {
        try (JailYard yard = JailYard.open(state)) {
            assertFailsCleanly(yard, fault);
        }
    }

    @Test
    void scriptWithoutItsInterpreterIsToldFromOneThatMayNotRun() throws IOException {
        Path script = Files.writeString(state.resolve("script"), "#!/bin/sh\r\n");
        try (JailYard yard = JailYard.open(state)) {
            String step = "execute " + script + ": ";
            failOnce(
                    yard,
                    fault("main/", step + "EACCES (permission denied); it is a dir", big("").exec(script.toString())));
            assertTrue(script.toFile().setExecutable(true));
            String why =
                    "ENOENT (no such file or directory); the program, or the interpreter or loader that it names, is";
            failOnce(yard, fault("main/", step + why, big("").exec(script.toString())));
            failOnce(yard, fault("main/", "mounted noexec", big("").exec("/etc/passwd")));
        }
    }

    @Test
    void missingDirectoryIsNotToldAsAProgram() {
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(big("").in("/no/such"));
            String told = yard.end(id).detail();
            assertTrue(told.endsWith("ENOENT (no such file or directory)"), told);
            yard.dismantle(id);
        }
    }

    @Test
    void missingStateDirectoryIsTold() throws IOException {
        try (JailYard yard = JailYard.open(state)) {
            Files.delete(yard.vassals());
            IncarnationId id = yard.launch(big(ALL));
            VassalEvent end = yard.end(id);
            assertTold(end, "prepare/", "make FIFO " + yard.vassals().resolve(id + ".fifo") + ": mknodat");
            yard.dismantle(id);
            Files.createDirectory(yard.vassals());
            assertNothingLeft(yard);
        }
    }

    @Test
    void fileInTheWayIsTold() throws IOException {
        try (JailYard yard = JailYard.open(state)) {
            Files.createFile(yard.vassals().resolve("api.1.exit"));
            IncarnationId id = yard.launch(big(ALL));
            assertTold(yard.end(id), "prepare/", "make file", "openat", "EEXIST");
            yard.dismantle(id);
            assertNothingLeft(yard);
        }
    }

    @Test
    void idRangeThatCannotBeRecordedIsTold() {
        IdRanges full = name -> {
            throw new UncheckedIOException("cannot record id range: ENOSPC", new IOException());
        };
        try (JailYard yard = JailYard.open(state, HostProbe.probe(), full)) {
            assertEquals(
                    "cannot record id range: ENOSPC",
                    yard.end(yard.launch(big(ALL))).detail());
        }
    }

    @Test
    void planThatIsTooLargeIsRefusedInPlainWords() {
        try (JailYard yard = JailYard.open(state)) {
            Sample large = big(ALL).exec("/bin/true");
            for (int i = 0; i < 9; i++) {
                large.variable("V" + i, "x".repeat(131_000));
            }
            IncarnationId id = yard.launch(large);
            String told = yard.end(id).detail();
            assertTrue(told.contains("shorten exec or env"), told);
            yard.dismantle(id);
            assertNothingLeft(yard);
        }
    }

    @Test
    void searchOnALongPathWithALargeEnvironmentFits() {
        try (JailYard yard = JailYard.open(state)) {
            Sample large = big("").exec("true").variable("PATH", "/no/such:".repeat(60) + "/bin");
            for (int i = 0; i < 9; i++) {
                large.variable("V" + i, "x".repeat(50_000));
            }
            IncarnationId id = yard.launch(large);
            assertEquals(ExitStatus.exited(0), yard.end(id).status());
            yard.dismantle(id);
        }
    }

    @Test
    void cloneIntoACgroupThatTakesNoProcessesIsTold() throws IOException {
        try (JailYard yard = JailYard.open(state)) {
            Files.writeString(yard.realmCgroup().resolve("cgroup.type"), "threaded");
            assertFailsCleanly(yard, fault("clone/1", "EOPNOTSUPP", big(ALL)));
        }
    }

    @Test
    void cgroupThatCannotBeJoinedIsTold() throws IOException {
        LinuxFacts facts = HostProbe.probe().withoutIntoCgroup();
        try (JailYard yard = JailYard.open(state, facts)) {
            Files.writeString(yard.realmCgroup().resolve("cgroup.type"), "threaded");
            assertFailsCleanly(yard, fault("attach/", "EOPNOTSUPP", big(ALL)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void wantOfDescriptorsIsToldAndPasses(int left) {
        try (DescriptorLimit limit = new DescriptorLimit();
                JailYard yard = JailYard.open(state)) {
            Fault fault = fault("main/", "ENOENT", big(ALL).exec("/no/such"));
            failOnce(yard, fault);
            List<String> before = JailYard.openDescriptors();
            limit.leave(left);
            IncarnationId id = yard.launch(fault.sample().apply(yard));
            String told = yard.end(id).detail();
            assertTrue(told.contains("EMFILE") || told.contains("ENOENT"), told);
            assertTrue(told.startsWith("step "), told);
            limit.lift();
            yard.dismantle(id);
            failOnce(yard, fault);
            assertEquals(before, JailYard.openDescriptors());
            assertEquals(0, yard.filesLeft(), "files");
            assertEquals(0, yard.leavesLeft(), "cgroups");
        }
    }

    private void assertFailsCleanly(JailYard yard, Fault fault) {
        failOnce(yard, fault); // what is loaded and opened at the first use stays
        List<String> descriptors = JailYard.openDescriptors();
        for (int i = 0; i < REPEATS; i++) {
            failOnce(yard, fault);
        }
        assertEquals(descriptors, JailYard.openDescriptors());
        assertNothingLeft(yard);
    }

    private static void failOnce(JailYard yard, Fault fault) {
        IncarnationId id = yard.launch(fault.sample().apply(yard));
        assertTold(yard.end(id), fault.step(), fault.why());
        yard.dismantle(id);
        if (fault.isInside()) {
            yard.lastWords(id);
        }
    }

    private static void assertTold(VassalEvent end, String step, String... words) {
        assertEquals(EventKind.LAUNCH_FAILED, end.kind(), end.toString());
        assertTrue(end.detail().startsWith("step " + step), end.detail());
        List.of(words).forEach(word -> assertTrue(end.detail().contains(word), end.detail()));
    }

    private static void assertNothingLeft(JailYard yard) {
        assertEquals(0, yard.filesLeft(), "files");
        assertEquals(0, yard.leavesLeft(), "cgroups");
        assertEquals(List.of(), ProcessHandle.current().children().toList(), "processes");
    }
}
