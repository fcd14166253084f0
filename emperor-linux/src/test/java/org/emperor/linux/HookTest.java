package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.emperor.realm.EventKind;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.VassalEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks on a real kernel: what each does is asked of the kernel afterwards, or of the program. */
@Tag("kernel")
class HookTest {
    private static final int NOBODY = 65534;

    @TempDir
    Path state;

    private Path work;

    @BeforeEach
    void makeWork() throws IOException {
        work = Files.createDirectory(state.resolve("work"));
    }

    private static Sample sample() {
        return Sample.of("api").shell("echo program $LATER in $(pwd)");
    }

    /** What the program and the hooks wrote. */
    private static String run(JailYard yard, Sample sample) {
        IncarnationId id = yard.launch(sample);
        assertEquals(ExitStatus.exited(0), yard.end(id).status(), () -> yard.lastWords(id));
        String written = yard.lastWords(id);
        yard.dismantle(id);
        return written;
    }

    @Test
    void jailInitThatCannotKeepItsFilesEndsTheJailAndSaysWhy() {
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(Sample.of("api")
                    .jail("exec-as-root", "exec prlimit --pid $PPID --nofile=12:")
                    .exec("/bin/sleep", "1000"));
            VassalEvent end = yard.end(id);
            assertEquals(ExitStatus.exited(127), end.status(), end + yard.lastWords(id));
            assertTrue(yard.lastWords(id).contains("jail-init has no room for the files that it keeps"));
            yard.dismantle(id);
        }
    }

    private static String fails(JailYard yard, Sample sample) {
        IncarnationId id = yard.launch(sample);
        VassalEvent end = yard.end(id);
        assertEquals(EventKind.LAUNCH_FAILED, end.kind(), end.toString());
        yard.dismantle(id);
        yard.waitUntil( // what outlived its init is reaped in a later turn
                () -> ProcessHandle.current().children().findAny().isEmpty(), () -> "no process is left");
        assertEquals(0, yard.filesLeft(), "files");
        assertEquals(0, yard.leavesLeft(), "cgroups");
        return end.detail();
    }

    @Test
    void phasesAndKindsRunInTheirOrderWhateverTheOrderInTheFile() {
        Sample sample = sample();
        for (String phase : List.of("as-user", "as-root", "in-jail", "post-jail", "pre-jail", "asap", "as-vassal")) {
            sample.jail("exec-" + phase, "echo " + phase + " second")
                    .jail("hook-" + phase, "print:" + phase + " first");
        }
        try (JailYard yard = JailYard.open(state)) {
            String written = run(yard, sample);
            String expected = "";
            for (String phase :
                    List.of("as-vassal", "asap", "pre-jail", "post-jail", "in-jail", "as-root", "as-user")) {
                expected += phase + " first\n" + phase + " second\n";
            }
            assertEquals(expected + "program in /\n", written);
        }
    }

    @Test
    void filesAreMadeWrittenChangedAndRemoved() throws IOException {
        Files.writeString(work.resolve("appended"), "one\n");
        Files.writeString(work.resolve("gone"), "");
        Sample sample = sample().jail("hook-asap", "cd:" + work)
                .jail("hook-asap", "mkdir:dir")
                .jail("hook-asap", "sticky:dir")
                .jail("hook-asap", "mkdir:dir/empty")
                .jail("hook-asap", "rmdir:dir/empty")
                .jail("hook-asap", "unlink:gone")
                .jail("hook-asap", "create:empty")
                .jail("hook-asap", "write:written two words")
                .jail("hook-asap", "writen:line a line")
                .jail("hook-asap", "append:appended tw")
                .jail("hook-asap", "appendn:appended o")
                .jail("hook-asap", "chmod:line 2640")
                .jail("hook-asap", "chown2:line 65534 4");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("program in " + work + "\n", run(yard, sample));
        }
        assertEquals(0755 | 01000, mode("dir"), "by the umask of the file, not the emperor's");
        assertEquals(0644, mode("empty"));
        assertFalse(Files.exists(work.resolve("dir/empty")));
        assertFalse(Files.exists(work.resolve("gone")));
        assertEquals("two words", Files.readString(work.resolve("written")));
        assertEquals("a line\n", Files.readString(work.resolve("line")));
        assertEquals("one\ntwo\n", Files.readString(work.resolve("appended")));
        assertEquals(02640, mode("line"));
        assertEquals(NOBODY, Files.getAttribute(work.resolve("line"), "unix:uid"));
        assertEquals(4, Files.getAttribute(work.resolve("line"), "unix:gid"));
    }

    private int mode(String file) throws IOException {
        return (int) Files.getAttribute(work.resolve(file), "unix:mode") & 07777;
    }

    @Test
    void directoryOfTheFileCountsMoreThanThatOfAHook() {
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("program in /etc\n", run(yard, sample().in("/etc").jail("hook-as-user", "cd:" + work)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-tmp = true", "jail-preset = standard"})
    void directoryOfAHookIsKeptWhileTheFilesOfTheJailAreArranged(String line) {
        String[] words = line.split(" = ", -1);
        Sample sample =
                sample().jail("clone", "fs,pid").jail(words[0], words[1]).jail("hook-as-root", "cd:/etc");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("program in /etc\n", run(yard, sample));
        }
    }

    @Test
    void variableOfAHookIsInLaterCommandsAndTheProgram() {
        Sample sample = sample().jail("hook-asap", "exec:echo \"<$LATER>\"")
                .jail("hook-asap", "putenv:LATER=too")
                .jail("hook-as-root", "exec:echo \"<$LATER>\"");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("<>\n<too>\nprogram too in /\n", run(yard, sample));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pid", "fs,net,ipc,uts,pid", "fs,net,ipc,uts,pid,user,cgroup"})
    void commandsHaveTheRightsOfTheirPhaseAndNothingElse(String clone) {
        String ask = "echo $(id -u) $(ulimit -n) $(ls /proc/self/fd) $(grep SigBlk /proc/self/status)";
        Sample sample = Sample.of("api")
                .exec("/bin/true")
                .jail("clone", clone)
                .as(NOBODY, NOBODY)
                .jail("exec-as-root", ask)
                .jail("exec-as-user", ask);
        try (JailYard yard = JailYard.open(state)) {
            List<String> lines = run(yard, sample).lines().toList();
            assertTrue(lines.get(0).matches("0 1024 0 1 2 3 SigBlk: 0+"), lines.toString());
            assertTrue(lines.get(1).matches(NOBODY + " 1024 0 1 2 3 SigBlk: 0+"), lines.toString());
        }
    }

    @Test
    void commandThatFailsIsToldWithItsExitCode() {
        try (JailYard yard = JailYard.open(state)) {
            String told = fails(yard, sample().jail("exec-pre-jail", "exit 3"));
            assertTrue(told.matches("step init/[0-9]+ run \"exit 3\": exit code 3"), told);
            told = fails(yard, sample().jail("exec-as-user", "kill -9 $$"));
            assertTrue(told.matches("step main/[0-9]+ run \"kill -9 \\$\\$\": killed by signal 9"), told);
        }
    }

    @Test
    void commandWithoutAShellIsTold() {
        Sample sample =
                sample().jail("clone", "fs,pid").jail("chroot", work.toString()).jail("exec-as-root", "true");
        try (JailYard yard = JailYard.open(state)) {
            String told = fails(yard, sample);
            assertTrue(told.matches("step init/[0-9]+ execute /bin/sh for \"true\": ENOENT .*"), told);
        }
    }

    @Test
    void safeCommandMayFail() {
        Sample sample = sample().jail("hook-asap", "safeexec:exit 3")
                .jail("hook-asap", "safeexec:kill -9 $$")
                .jail("hook-as-user", "safeexec:no-such-command 2>/dev/null");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("program in /\n", run(yard, sample));
        }
    }

    @Test
    void firstShellThatCanRunRuns() throws IOException {
        Path shell = Files.writeString(work.resolve("shell"), "#!/bin/sh\necho by $0: $2\n");
        Files.setAttribute(shell, "unix:mode", 0755);
        Path plain = Files.writeString(work.resolve("plain"), "no program");
        Sample sample = sample().jail("binsh", "/no/such/shell")
                .jail("binsh", plain.toString())
                .jail("binsh", shell.toString())
                .jail("exec-asap", "line");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("by " + shell + ": line\nprogram in /\n", run(yard, sample));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec-asap", "exec-as-root", "exec-as-user"})
    void commandThatHangsIsEndedAndNamedWithAllItStarted(String key) {
        Sample sample = sample().startsWithin(Duration.ofMillis(500)).jail(key, "sleep 1000 & sleep 1000");
        try (JailYard yard = JailYard.open(state)) {
            String told = fails(yard, sample);
            assertTrue(told.contains("run \"sleep 1000 & sleep 1000\": ETIMEDOUT (not done in time)"), told);
        }
    }

    @Test
    void vassalThatIsKilledWhileItsHookRunsLeavesNothing() throws IOException {
        Path begun = work.resolve("begun");
        Sample sample = sample().jail("exec-as-user", "echo > " + begun + "; sleep 1000");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            yard.waitUntil(() -> Files.exists(begun), () -> "the hook");
            yard.killAndDismantle(id);
            yard.waitUntil(() -> ProcessHandle.current().children().findAny().isEmpty(), () -> "the end of all");
            assertEquals(0, yard.leavesLeft(), "cgroups");
        }
    }

    @Test
    void waitingEndsWhenThereIsWhatItWaitsFor() {
        Path file = work.resolve("file");
        Path socket = work.resolve("none");
        Sample sample = sample().jail(
                        "exec-asap",
                        "(sleep 0.2; mkdir " + file + "; sleep 0.2; rmdir " + file + "; echo > " + file + ") &")
                .jail("hook-pre-jail", "wait_for_fs:" + file)
                .jail("hook-pre-jail", "wait_for_dir:" + work)
                .jail("hook-pre-jail", "wait_for_file:" + file)
                .jail("hook-pre-jail", "wait_for_mountpoint:/proc")
                .jail("hook-pre-jail", "wait_for_interface:lo");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("program in /\n", run(yard, sample));
            Sample vain = sample().startsWithin(Duration.ofMillis(300)).jail("hook-asap", "wait_for_socket:" + socket);
            String told = fails(yard, vain);
            assertTrue(told.matches("step init/[0-9]+ wait for socket " + socket + ": ETIMEDOUT .*"), told);
            vain = sample().startsWithin(Duration.ofMillis(300)).jail("hook-asap", "wait_for_mountpoint:" + work);
            told = fails(yard, vain);
            assertTrue(told.contains("wait for mount point " + work + ": ETIMEDOUT"), told);
        }
    }

    @Test
    void whatIsToBeWaitedForAndWrittenHasItsPlaceAmongTheHooks() throws IOException {
        Path early = work.resolve("early");
        Path late = work.resolve("late");
        Sample sample = Sample.of("api")
                .shell("echo $$; cat " + early + " " + late)
                .jail("clone", "pid")
                .jail("file-write", early + "=one two")
                .jail("exec-in-jail", "test ! -e " + early)
                .jail("wait-for-file", early.toString())
                .jail("wait-for-dir", work.toString())
                .jail("wait-for-mountpoint", "/proc")
                .jail("wait-for-interface", "lo")
                .jail("exec-as-root", "grep 'one two' " + early)
                .jail("pidfile", early.toString())
                .jail("pidfile2", late.toString());
        try (JailYard yard = JailYard.open(state)) {
            List<String> lines = run(yard, sample).lines().toList();
            assertEquals("one two", lines.get(0));
            assertEquals(
                    3, lines.subList(1, 4).stream().filter(lines.get(1)::equals).count(), "its own number");
        }
    }

    @Test
    void socketThatListensIsFound() throws IOException {
        try (java.net.ServerSocket server = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress());
                JailYard yard = JailYard.open(state)) {
            assertEquals(
                    "program in /\n",
                    run(yard, sample().jail("hook-asap", "wait_for_socket:127.0.0.1:" + server.getLocalPort())));
            assertEquals(
                    "program in /\n",
                    run(yard, sample().jail("hook-as-user", "wait_for_socket::" + server.getLocalPort())));
        }
    }

    @Test
    void fifoIsFedOnceSomebodyReadsIt() throws IOException {
        Path fifo = work.resolve("fifo");
        Path read = work.resolve("read");
        Sample sample = sample().jail("exec-asap", "mkfifo " + fifo)
                .jail("hook-pre-jail", "writefifo:" + fifo + " nobody reads this")
                .jail("exec-pre-jail", "(cat " + fifo + " > " + read + ") > /dev/null 2>&1 &")
                .jail("hook-post-jail", "spinningfifo:" + fifo + " hello")
                .jail("exec-as-root", "until grep -q hello " + read + "; do sleep 0.05; done");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("program in /\n", run(yard, sample));
        }
        assertEquals("hello", Files.readString(read));
    }

    @Test
    void interfaceIsRaisedAndHasItsAddress() {
        Sample sample = Sample.of("api")
                .shell("grep -c 0203010A /proc/net/fib_trie /proc/net/route; grep -A1 10.1.3.2 /proc/net/fib_trie")
                .jail("clone", "net")
                .jail("hook-as-root", "ifaddr:lo 10.1.3.2/20")
                .jail("hook-as-root", "ifdown:lo")
                .jail("hook-as-root", "ifup:lo");
        try (JailYard yard = JailYard.open(state)) {
            String written = run(yard, sample);
            assertTrue(written.contains("10.1.3.2\n           /32 host LOCAL"), written);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hook-asap", "hook-as-user"})
    void exitEndsTheLaunchWithItsCode(String key) {
        try (JailYard yard = JailYard.open(state)) {
            String told = fails(yard, sample().jail(key, "exit:5"));
            assertTrue(told.contains("exit code 5"), told);
        }
    }

    @Test
    void hooksWorkWithoutAResidentInit() {
        Sample sample = sample().withoutInit().jail("exec-asap", "echo first").jail("exec-as-user", "echo second");
        try (JailYard yard = JailYard.open(state)) {
            assertEquals("first\nsecond\nprogram in /\n", run(yard, sample));
        }
    }

    @Test
    void linkThatAProgramLeavesInPlaceOfItsPidFileLeadsRootNowhere() throws IOException {
        Path victim = Files.writeString(state.resolve("victim"), "precious");
        Path link = Files.createSymbolicLink(state.resolve("pid"), victim);
        try (JailYard yard = JailYard.open(state)) {
            for (Sample sample : List.of(
                    Sample.of("pid").jail("pidfile", link.toString()),
                    Sample.of("write").jail("file-write", link + "=text"),
                    Sample.of("hook").jail("hook-as-root", "write:" + link + " text"),
                    Sample.of("fifo").jail("hook-as-root", "writefifo:" + link + " text"))) {
                IncarnationId id = yard.launch(sample);
                VassalEvent end = yard.end(id);
                assertTrue(end.detail().contains(link + ": ELOOP"), end.toString());
                yard.dismantle(id);
            }
        }
        assertEquals("precious", Files.readString(victim));
    }
}
