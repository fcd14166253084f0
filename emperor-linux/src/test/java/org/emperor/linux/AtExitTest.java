package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.Signal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done after a program's end, on a real kernel: by whom, when, and that it changes nothing of how the program ended. */
@Tag("kernel")
class AtExitTest {
    private static final int NOBODY = 65534;
    private static final String ENDED = "exec-as-user-atexit";

    @TempDir
    Path state;

    private Path work;

    @BeforeEach
    void makeWork() throws IOException {
        work = Files.createDirectory(state.resolve("work"));
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Sample sample(String script) {
        return Sample.of("api").shell(script).as(NOBODY, NOBODY);
    }

    /** What was written up to the end of the jail, of which nothing is left. */
    private static String run(JailYard yard, Sample sample, ExitStatus status) {
        IncarnationId id = yard.launch(sample);
        yard.launched(id);
        return ended(yard, id, status);
    }

    private static String ended(JailYard yard, IncarnationId id, ExitStatus status) {
        assertEquals(status, yard.end(id).status(), () -> yard.lastWords(id));
        String written = yard.lastWords(id);
        yard.dismantle(id);
        yard.waitUntil( // what outlived its init is reaped in a later turn
                () -> ProcessHandle.current().children().findAny().isEmpty(), () -> "no process is left");
        assertEquals(0, yard.filesLeft(), "files");
        assertEquals(0, yard.leavesLeft(), "cgroups");
        return written;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "clone=pid",
                "unshare=pid",
                "unshare=pid refork-as-root=true",
                "clone=fs,net,ipc,uts,pid",
                "clone=fs,net,ipc,uts,pid,user,cgroup",
                "jail-preset=standard",
                "jail-preset=strict"
            })
    void actionsRunInTheirOrderAfterTheProgram(String jail) {
        Sample sample = sample("echo program; exit 3")
                .jail(ENDED, "echo third by $(id -u); exit 5")
                .jail("hook-as-user-atexit", "print:first")
                .jail(ENDED, "echo fourth")
                .jail("hook-as-user-atexit", "exec:echo second $0");
        for (String setting : jail.isEmpty() ? new String[0] : jail.split(" ", -1)) {
            sample.jail(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        try (JailYard yard = JailYard.open(state)) {
            String told =
                    "emperor: cannot run \"echo third by $(id -u); exit 5\" after the program's end: exit code 5\n";
            assertEquals(
                    "program\nfirst\nsecond /bin/sh\nthird by 65534\n" + told + "fourth\n",
                    run(yard, sample, ExitStatus.exited(3)));
        }
    }

    @Test
    void itWorksWithoutCgroupsToo() {
        try (JailYard yard = JailYard.open(state, HostProbe.probe().withoutCgroups())) {
            Sample sample = sample("sleep 1000 & exit 3").jail(ENDED, "sleep 1000 & echo ended");
            assertEquals("ended\n", run(yard, sample, ExitStatus.exited(3)));
        }
    }

    static IntStream deadlySignals() {
        return IntStream.rangeClosed(1, 64).filter(signal -> !List.of(17, 18, 19, 20, 21, 22, 23, 28, 32, 33)
                .contains(signal)); // which stop, go on, are ignored, or belong to libc
    }

    @ParameterizedTest
    @MethodSource("deadlySignals")
    void deathBySignalIsToldAsWithoutThem(int signal) {
        Sample sample = sample("ulimit -c 0; kill -" + signal + " $$").jail(ENDED, "echo ended");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("ended\n", run(yard, sample, ExitStatus.signaled(signal, false)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 137, 255})
    void exitCodeIsToldAsWithoutThem(int code) {
        try (JailYard yard = JailYard.open(state)) {
            Sample sample = sample("exit " + code).jail(ENDED, "exit 9").jail("hook-as-user-atexit", "exit:7");
            assertEquals("", run(yard, sample, ExitStatus.exited(code)));
        }
    }

    /** All that can be asked of a process from inside, but for its numbers and times. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "standard", "strict"})
    void theyHaveWhatTheProgramHadAndNoMore(String preset) {
        String ask = "grep -E '^(Uid|Gid|Groups|Cap.*|NoNewPrivs|Seccomp.*|SigIgn|SigBlk|Umask|Cpus_allowed):'"
                + " /proc/self/status; ulimit -a; ulimit -Ha; pwd; env | sort; ls /proc/self/fd; cat /proc/self/cgroup;"
                + " cat /proc/self/oom_score_adj; nice; readlink /proc/self/ns/*;"
                + " (: > /opt/written) 2>/dev/null || echo refused; unshare -U true 2>&1; true";
        Sample sample = sample(ask + "; echo ---")
                .variable("GREETING", "hello")
                .in("/usr")
                .jail("clone", "fs,net,ipc,uts,pid")
                .jail("jail-preset", preset)
                .jail("oom-score-adj", "500")
                .jail("cap", "net_bind_service")
                .jail("landlock", "default")
                .jail("seccomp", "default")
                .jail(ENDED, ask);
        try (JailYard yard = JailYard.open(state)) {
            String[] parts = run(yard, sample, ExitStatus.exited(0)).split("---\n", -1);
            assertEquals(parts[0], parts[1]);
            assertTrue(parts[0].contains("Uid:\t65534\t65534"), parts[0]);
            assertTrue(parts[0].contains("NoNewPrivs:\t1\nSeccomp:\t2\n"), parts[0]);
            assertTrue(parts[0].contains("\nrefused\nunshare: unshare failed: Operation not permitted\n"), parts[0]);
        }
    }

    @Test
    void actionsThatAreNoCommandsAreUnderTheFilterToo() throws IOException {
        String rules = "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdirat\"],"
                + "\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":42}]}";
        Sample sample = sample("exit 0")
                .jail("seccomp", "/profile.json")
                .jail("seccomp:content", rules)
                .jail("no-new-privs", "true")
                .jail("hook-as-user-atexit", "mkdir:" + work + "/refused")
                .jail("hook-as-user-atexit", "create:" + work + "/made");
        try (JailYard yard = JailYard.open(state)) {
            String told = "emperor: cannot make directory " + work + "/refused after the program's end: errno 42\n";
            assertEquals(told, run(yard, sample, ExitStatus.exited(0)));
        }
        assertFalse(Files.exists(work.resolve("refused")));
        assertEquals(NOBODY, Files.getAttribute(work.resolve("made"), "unix:uid"));
    }

    @Test
    void theProgramHasNoChildItDidNotMakeAndCannotEndWhoWaitsByItsGroup() {
        Sample sample = sample("echo \"<$(cat /proc/$$/task/$$/children)>\" | tr -d 0-9; kill -9 0")
                .jail(ENDED, "echo ended");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals(
                    "<  >\nended\n",
                    run(yard, sample, ExitStatus.signaled(9, false)),
                    "only what the shell itself started");
        }
    }

    /** Though it has the same user: in this PID namespace jail-init is 1, the program 2. */
    @Test
    void theProgramCannotLookIntoWhoWaits() {
        Sample sample = sample(
                        "(cat /proc/3/environ; ls /proc/3/fd; readlink /proc/3/exe) 2>/dev/null; grep Uid /proc/3/status")
                .jail("clone", "fs,pid")
                .jail(ENDED, "echo ended");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("Uid:\t65534\t65534\t65534\t65534\nended\n", run(yard, sample, ExitStatus.exited(0)));
        }
    }

    @Test
    void stopLetsThemRun() {
        Sample sample = sample("echo begun; exec sleep 1000").jail(ENDED, "echo ended");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            yard.written(id, "begun");
            yard.backend().signal(id, Signal.TERM);
            assertEquals("begun\nended\n", ended(yard, id, ExitStatus.signaled(15, false)));
        }
    }

    @Test
    void killOfTheJailRunsNothing() {
        Sample sample = sample("echo begun; exec sleep 1000").jail(ENDED, "echo ended > " + work + "/ended");
        for (LinuxKinds kind : LinuxKinds.values()) {
            try (JailYard yard = kind.open(state)) {
                IncarnationId id = yard.launch(sample.jail("clone", kind.clone));
                yard.written(id, "begun");
                yard.backend().kill(id);
                ended(yard, id, ExitStatus.signaled(9, false));
            }
            assertFalse(Files.exists(work.resolve("ended")), kind.toString());
        }
    }

    /** By what a jail is ended. */
    private enum LinuxKinds {
        CGROUP(""),
        PROCESS_NAMESPACE("pid"),
        NEITHER("");

        private final String clone;

        LinuxKinds(String clone) {
            this.clone = clone;
        }

        JailYard open(Path state) {
            return this == NEITHER ? JailYard.open(state, HostProbe.probe().withoutCgroups()) : JailYard.open(state);
        }
    }

    @Test
    void killWhileTheyRunTellsHowTheProgramEnded() {
        Sample sample = sample("exit 3").jail(ENDED, "echo begun; sleep 1000");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            yard.written(id, "begun");
            yard.backend().kill(id);
            ended(yard, id, ExitStatus.exited(3));
        }
    }

    @Test
    void commandThatHangsIsEndedAndToldWithAllItStarted() {
        Sample sample = sample("exit 3")
                .startsWithin(Duration.ofMillis(500))
                .jail(ENDED, "sleep 1000 & sleep 1000")
                .jail(ENDED, "echo never");
        try (JailYard yard = JailYard.open(state)) {
            String command = "\"sleep 1000 & sleep 1000\"";
            String written = run(yard, sample, ExitStatus.exited(3));
            assertTrue(
                    written.startsWith("emperor: cannot run " + command + " after the program's end: errno 110\n"),
                    written);
        }
    }

    @Test
    void actionThatBlocksIsEndedByJailInit() throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", "-m", "666", work + "/fifo")
                        .start()
                        .waitFor());
        Sample sample = sample("exit 3")
                .startsWithin(Duration.ofMillis(500))
                .jail("hook-as-user-atexit", "write:" + work + "/fifo nobody reads it")
                .jail(ENDED, "echo never");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("", run(yard, sample, ExitStatus.exited(3)));
        }
    }

    @Test
    void withoutAShellItIsTold() throws IOException {
        Files.copy(Path.of(Attempts.program()), work.resolve("attempt"));
        Sample sample = Sample.of("api")
                .exec("/attempt", "nothing")
                .jail("clone", "fs,pid")
                .jail("chroot", work.toString())
                .jail(ENDED, "true");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            ExitStatus status = yard.end(id).status();
            String written = yard.lastWords(id);
            assertEquals(ExitStatus.Kind.EXITED, status.kind());
            assertTrue(written.endsWith("emperor: cannot run \"true\" after the program's end: errno 2\n"), written);
            yard.dismantle(id);
        }
    }

    @Test
    void launchThatFailsRunsNone() {
        Sample sample = Sample.of("api").exec("/no/such/program").jail(ENDED, "echo ended > " + work + "/ended");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            assertTrue(yard.end(id).detail().contains("ENOENT"));
            yard.dismantle(id);
            yard.waitUntil(() -> ProcessHandle.current().children().findAny().isEmpty(), () -> "no process is left");
        }
        assertFalse(Files.exists(work.resolve("ended")));
    }

    @Test
    void whoWaitsIsNotCountedAmongTheProcessesOfTheProgram() {
        Sample sample = sample("(exec true) && echo two; exit 0").pidsMax(2).jail(ENDED, "echo ended");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("two\nended\n", run(yard, sample, ExitStatus.exited(0)));
        }
    }

    /** Each call after the end fails in turn: that is told, and how the program ended stays what it was. */
    @Test
    void failureOfAnyStepIsToldAndChangesNothing() {
        Sample sample = sample("echo program; exit 3")
                .jail("seccomp", "default")
                .jail("hook-as-user-atexit", "create:" + work + "/made")
                .jail("hook-as-user-atexit", "sticky:" + work + "/made")
                .jail("hook-as-user-atexit", "wait_for_fs:" + work + "/made")
                .jail("hook-as-user-atexit", "unlink:" + work + "/made")
                .startsWithin(Duration.ofMillis(1500))
                .jail(ENDED, "echo ended");
        Sabotage sabotage = new Sabotage();
        try (JailYard yard = JailYard.open(state, sabotage)) {
            assertEquals("program\nended\n", run(yard, sample, ExitStatus.exited(3)));
            int failures = 0;
            sabotage.spoil(Sabotage.Section.ATEXIT, 0);
            for (int index = 1; !sabotage.isBeyondTheEnd(); index++) {
                String written = run(yard, sample, ExitStatus.exited(3));
                if (sabotage.spoilt().isPresent() && !sabotage.isBeyondTheEnd()) {
                    assertTrue(written.contains("emperor: cannot "), () -> sabotage.spoilt() + ": " + written);
                    failures++;
                }
                sabotage.spoil(Sabotage.Section.ATEXIT, index);
            }
            assertTrue(failures > 8, failures + " steps failed");
        }
    }
}
