package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.emperor.jail.Host;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.Signal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jails end whole, whatever their programs did. */
@Tag("kernel")
class JailEndTest {
    /** Ignores TERM, and leaves a child of its own in another session that does so too; tells both pids. */
    private static final String STUBBORN =
            "trap '' TERM; (setsid sh -c 'trap \"\" TERM; echo child $$; exec sleep 1000' &); echo main $$; exec sleep 1001";

    @TempDir
    Path state;

    @Test
    void cgroupsThatAProgramMadeAreRemovedWithItsOwn() {
        try (JailYard yard = JailYard.open(state)) {
            String own = "/sys/fs/cgroup/unified$(sed -n s/^0:://p /proc/self/cgroup)";
            IncarnationId id = yard.launch(Sample.of("engine")
                    .shell("cd " + own + " && mkdir -p a/b c && sh -c 'echo $$ > a/b/cgroup.procs; exec sleep 1000' &"
                            + " until grep -q 1 " + own + "/a/b/cgroup.events; do :; done; echo nested; wait"));
            yard.written(id, "nested");
            yard.killAndDismantle(id);
            assertEquals(0, yard.leavesLeft());
        }
    }

    @Test
    void nestedCgroupsOfAnEarlierEmperorAreEndedAtStart() throws IOException {
        try (JailYard yard = JailYard.open(state)) {
            Files.createDirectories(yard.realmCgroup().resolve("old.7/nested/deeper"));
            yard.leave();
        }
        try (JailYard next = JailYard.open(state)) {
            assertEquals(0, next.leavesLeft());
        }
    }

    /** Such a cgroup cannot be killed by itself, cgroups(7), thread mode. */
    @Test
    void nestedCgroupForThreadsIsRemovedWithItsJail() throws IOException {
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(Sample.of("api"));
            yard.launched(id);
            makeForThreads(yard.realmCgroup().resolve(id + "/workers"));
            yard.killAndDismantle(id);
            assertEquals(0, yard.leavesLeft());
            makeForThreads(yard.realmCgroup().resolve("old.7/workers/more"));
            yard.leave();
        }
        try (JailYard next = JailYard.open(state)) {
            assertEquals(0, next.leavesLeft());
        }
    }

    private static void makeForThreads(Path cgroup) throws IOException {
        Files.createDirectories(cgroup);
        Files.writeString(cgroup.resolve("cgroup.type"), "threaded");
    }

    /** Its lock was in a state directory that somebody has removed. */
    @Test
    void jailsOfALivingEmperorAreNotEndedByTheNextInItsPlace() {
        try (JailYard yard = JailYard.open(state)) {
            Exception refusal = assertThrows(IllegalStateException.class, () -> LinuxHost.open(yard.settings()));
            assertEquals(
                    "an emperor that lost its state directory still reigns in " + yard.realmCgroup()
                            + "; end it, or take another state directory",
                    refusal.getMessage());
        }
    }

    @Test
    void whoDoesNotDieIsWaitedForByOneDescriptor() {
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(Sample.of("api"));
            try (Frozen frozen = new Frozen(yard.launched(id).pid())) {
                yard.backend().kill(id);
                yard.end(id);
                yard.lastWords(id);
                List<String> before = JailYard.openDescriptors();
                for (int i = 0; i < 5; i++) {
                    yard.backend().dismantle(id);
                    yard.watchFor(Duration.ofMillis(50));
                }
                assertEquals(before.size() + 1, JailYard.openDescriptors().size());
                frozen.thaw();
                yard.dismantled(id);
                assertEquals(before, JailYard.openDescriptors());
            }
        }
    }

    @Test
    void cgroupThatStaysBusyThoughEmptyIsAskedForByTheLoopAlone() throws Exception {
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(Sample.of("api"));
            yard.launched(id);
            Path held = Files.createDirectory(yard.realmCgroup().resolve(id + "/held"));
            run("mount", "-t", "tmpfs", "none", held.toString());
            try {
                yard.backend().kill(id);
                yard.end(id);
                yard.backend().dismantle(id);
                int turns = yard.watchFor(Duration.ofMillis(500));
                assertTrue(turns < 100, turns + " turns in half a second");
            } finally {
                run("umount", held.toString());
            }
            yard.dismantle(id);
        }
    }

    /** What one emperor cannot end must not keep the next one from reigning over all others. */
    @Test
    void whoDoesNotDieDoesNotKeepTheNextEmperorFromStarting() {
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(Sample.of("api"));
            try (Frozen frozen = new Frozen(yard.launched(id).pid())) {
                yard.backend().kill(id);
                yard.end(id);
                yard.leave();
                try (Host next = LinuxHost.open(yard.settings(), HostProbe.probe())) {
                    assertEquals(1, next.leftovers().size());
                    String told = next.leftovers().get(0);
                    assertTrue(told.startsWith("api.1, which was killed and still stands"), told);
                }
                frozen.thaw();
            }
        }
    }

    @Test
    void killWithoutCgroupsEndsAllDescendants() throws IOException {
        try (JailYard yard = JailYard.open(state, HostProbe.probe().withoutCgroups())) {
            IncarnationId id = yard.launch(Sample.of("api").shell(STUBBORN));
            long child = pid(yard, id, "child ");
            long main = pid(yard, id, "main ");
            yard.backend().kill(id);
            assertEquals(ExitStatus.signaled(9, false), yard.end(id).status());
            assertTrue(isGone(main), "main");
            assertTrue(isGone(child), "child");
            yard.dismantle(id);
        }
    }

    @Test
    void killAsAStopSignalEndsAllDescendantsToo() throws IOException {
        try (JailYard yard = JailYard.open(state, HostProbe.probe().withoutCgroups())) {
            IncarnationId id = yard.launch(Sample.of("api").shell(STUBBORN));
            long child = pid(yard, id, "child ");
            yard.backend().signal(id, Signal.KILL);
            assertEquals(ExitStatus.signaled(9, false), yard.end(id).status());
            assertTrue(isGone(child), "child");
            yard.dismantle(id);
        }
    }

    @Test
    void killAskedTwiceAtOnceLeavesJailInitTheTimeToEndAllDescendants() throws Exception {
        try (JailYard yard = JailYard.open(state, HostProbe.probe().withoutCgroups())) {
            IncarnationId id = yard.launch(Sample.of("api").shell("echo init $PPID; kill -STOP $PPID; " + STUBBORN));
            long init = pid(yard, id, "init ");
            long child = pid(yard, id, "child ");
            yard.backend().kill(id);
            yard.backend().kill(id);
            run("kill", "-CONT", Long.toString(init));
            yard.end(id);
            assertTrue(isGone(child), "child");
            yard.dismantle(id);
        }
    }

    @Test
    void stoppedJailInitIsKilledWhenAskedAgainLater() throws Exception {
        try (JailYard yard = JailYard.open(state, HostProbe.probe().withoutCgroups())) {
            IncarnationId id = yard.launch(Sample.of("api").shell("echo main $$; kill -STOP $PPID; exec sleep 1000"));
            long main = pid(yard, id, "main ");
            yard.backend().kill(id);
            yard.watchFor(Duration.ofMillis(600));
            yard.backend().kill(id);
            yard.end(id);
            yard.waitUntil(() -> isGone(main), () -> "end of the program");
            yard.dismantle(id);
        }
    }

    /** Whoever entered from outside is no child of jail-init: its death is told to somebody else. */
    @Test
    void processEnteredFromOutsideDoesNotHoldUpTheEnd() throws Exception {
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(Sample.of("api").jail("clone", "pid").exec("/bin/sleep", "1000"));
            long main = yard.launched(id).pid();
            Process visitor =
                    new ProcessBuilder("nsenter", "--target", Long.toString(main), "--pid", "sleep", "1000").start();
            yard.waitUntil(() -> visitor.descendants().findAny().isPresent(), () -> "the visitor inside");
            new ProcessBuilder("kill", Long.toString(main)).start();
            assertEquals(ExitStatus.signaled(15, false), yard.end(id).status());
            assertTrue(visitor.waitFor(10, TimeUnit.SECONDS));
            yard.dismantle(id);
        }
    }

    private static long pid(JailYard yard, IncarnationId id, String label) {
        String written = yard.written(id, label);
        yard.waitUntil(() -> yard.written(id, label).indexOf('\n', written.indexOf(label)) > 0, () -> "a line");
        String rest = yard.written(id, label);
        int from = rest.indexOf(label) + label.length();
        return Long.parseLong(rest.substring(from, rest.indexOf('\n', from)).strip());
    }

    private static void run(String... command) throws Exception {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), String.join(" ", command));
    }

    private static boolean isGone(long pid) {
        return !Files.exists(Path.of("/proc", Long.toString(pid)));
    }
}
