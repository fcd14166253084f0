package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.emperor.realm.EventKind;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.VassalEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each step of big plans fails in turn: the failure is named, nothing is left, and the same backend goes on launching. */
@Tag("kernel")
class EveryStepFailsTest {
    private static final String ALL = "fs,net,ipc,uts,pid,user,cgroup,time";

    private static final Set<Sabotage.Section> OF_A_LAUNCH =
            EnumSet.complementOf(EnumSet.of(Sabotage.Section.ATEXIT)); // of which AtExitTest does the same

    @TempDir
    Path state;

    static Stream<Sample> bigOnes() {
        return Stream.of(
                big("every", ALL),
                big("rooted", "fs,net,ipc,uts,pid,cgroup")
                        .jail("hook-post-jail", "mount:none / /tmp bind,rec")
                        .jail("pivot-root", "/tmp /tmp/mnt")
                        .jail("hook-as-root", "umount:/mnt rec,detach"),
                big("alone", ALL).withoutInit(),
                confined("confined"),
                confined("confined-alone").withoutInit(),
                big("wired", ALL).jail("net", "private"),
                big("free", "uts").jail("exec-as-user-atexit", "exit 0"),
                strict("standard", "standard").jail("net", "private"),
                strict("strict", "strict"));
    }

    /** What presets add, and what can be added to them. */
    private static Sample strict(String name, String preset) {
        return Sample.of(name)
                .exec("/bin/sleep", "1000")
                .as(1234, 1234)
                .jail("jail-preset", preset)
                .jail("hide-proc", "true")
                .jail("bind", "/usr/share:/opt")
                .jail("tmpfs", "/mnt:size=1M")
                .jail("mask", "/usr/games")
                .jail("cap-keep", "net_bind_service")
                .jail("seccomp", "default")
                .jail("hook-as-user", "exec:exit 0")
                .jail("hook-as-user-atexit", "exec:exit 0");
    }

    /** Has every kind of step that a plan can have beside roots, which exclude each other. */
    private static Sample big(String name, String clone) {
        Sample sample = Sample.of(name)
                .exec("/bin/sleep", "1000")
                .in("/usr")
                .as(1234, 1234)
                .pidsMax(10)
                .variable("GREETING", "hello")
                .jail("clone", clone)
                .jail("hostname", "jail")
                .jail("limit-nofile", "100:200")
                .jail("oom-score-adj", "500")
                .jail("ionice", "idle");
        return clone.contains("fs") ? sample.jail("hook-as-root", "mount:tmpfs none /var/tmp") : sample;
    }

    private static Sample confined(String name) {
        return big(name, ALL)
                .jail("cap", "net_bind_service")
                .jail("landlock", "default")
                .jail("seccomp", "default");
    }

    @ParameterizedTest
    @MethodSource("bigOnes")
    void failureOfAnyStepIsNamedAndLeavesNothing(Sample sample) {
        Sabotage sabotage = new Sabotage();
        try (JailYard yard = JailYard.open(state, sabotage)) {
            assertRuns(yard, sample, sabotage);
            yard.waitUntil(EveryStepFailsTest::isEveryOutputClosed, () -> "the log reader came to the end of a FIFO");
            List<String> descriptors = JailYard.openDescriptors();
            int failures = 0;
            for (Sabotage.Section section : OF_A_LAUNCH) {
                failures += failEach(yard, sample, sabotage, section);
            }
            assertTrue(failures > 15, failures + " steps failed");
            yard.waitUntil(
                    () -> descriptors.equals(JailYard.openDescriptors()),
                    () -> descriptors + " open again, and not " + JailYard.openDescriptors());
            assertRuns(yard, sample, sabotage);
        }
    }

    /** The log reader closes one when it comes to its end, which may be after the jail is dismantled. */
    private static boolean isEveryOutputClosed() {
        return JailYard.openDescriptors().stream().noneMatch(target -> target.contains(".fifo"));
    }

    private static int failEach(JailYard yard, Sample sample, Sabotage sabotage, Sabotage.Section section) {
        int failures = 0;
        for (int index = 0; ; index++) {
            sabotage.spoil(section, index);
            IncarnationId id = yard.launch(sample);
            VassalEvent first = yard.first(id);
            if (sabotage.isBeyondTheEnd()) {
                yard.killAndDismantle(id);
                return failures;
            }
            if (sabotage.spoilt().isPresent()) {
                assertEquals(EventKind.LAUNCH_FAILED, first.kind(), sabotage.spoilt() + " " + first);
                assertTold(first, sabotage.spoilt().get());
                yard.dismantle(id);
                failures++;
            } else {
                yard.killAndDismantle(id);
            }
            assertEquals(0, yard.filesLeft(), "files");
            assertEquals(0, yard.leavesLeft(), "cgroups");
            assertEquals(0, yard.wiresLeft(), "interfaces");
            yard.waitUntil( // what outlived its init is reaped in a later turn
                    () -> ProcessHandle.current().children().findAny().isEmpty(), () -> "no process is left");
        }
    }

    private static void assertTold(VassalEvent event, Sabotage.Spoilt spoilt) {
        String told = event.detail();
        assertTrue(told.startsWith("step " + spoilt.step() + ": "), () -> spoilt + " is not told by " + told);
        assertTrue(told.contains(spoilt.errno()), () -> spoilt + " is not told by " + told);
    }

    private static void assertRuns(JailYard yard, Sample sample, Sabotage sabotage) {
        sabotage.stop();
        IncarnationId id = yard.launch(sample);
        yard.launched(id);
        yard.killAndDismantle(id);
        yard.lastWords(id); // until then its FIFO is open
    }
}
