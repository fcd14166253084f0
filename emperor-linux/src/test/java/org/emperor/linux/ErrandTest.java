package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

/** What the emperor has done on the host around a jail, on a real kernel. */
@Tag("kernel")
class ErrandTest {
    private static final Duration LONGER = Duration.ofMillis(300);

    @TempDir
    Path state;

    /** So that vassals of other users can look. */
    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path log() {
        return state.resolve("log");
    }

    private List<String> lines() {
        try {
            return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of the log by a program of its own, with no shell of ours. */
    private String note(String words) {
        return "/bin/sh -c 'echo " + words + " $0 >> " + log() + "'";
    }

    private void assertNothingIsLeft(JailYard yard) {
        yard.waitUntil(() -> ProcessHandle.current().children().findAny().isEmpty(), () -> "no process is left");
        assertEquals(0, yard.filesLeft(), "files");
        assertEquals(0, yard.leavesLeft(), "cgroups");
    }

    @Test
    void areDoneBeforeBesideAndAfterOneIncarnation() {
        Sample sample = Sample.of("api")
                .shell("until grep -q beside " + log() + "; do sleep 0.02; done; echo program >> " + log())
                .jail("vassals-start-hook", note("before"))
                .jail("vassals-start-hook", note("again"))
                .jail("exec-as-emperor", "echo beside >> " + log())
                .jail("vassals-stop-hook", note("after"));
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            assertEquals(ExitStatus.exited(0), yard.end(id).status());
            assertEquals(4, lines().size(), "nothing is done after it before its jail is dismantled: " + lines());
            yard.dismantle(id);

            assertEquals(List.of("before api.ini", "again api.ini", "beside", "program", "after api.ini"), lines());
            assertEquals(List.of(), yard.errandFailures());
            assertTrue(
                    yard.told().stream().noneMatch(event -> event.incarnation().isErrand()),
                    "the realm hears nothing of them");
            assertNothingIsLeft(yard);
        }
    }

    @Test
    void areRunAsTheEmperorOnTheHostAndKnowTheVassal() {
        Sample sample = Sample.of("api")
                .as(65534, 65534)
                .shell("until grep -q end= " + log() + "; do sleep 0.02; done")
                .jail("clone", "fs,net,ipc,uts,pid")
                .variable("SECRET", "of the vassal")
                .jail(
                        "exec-as-emperor",
                        "exec >> " + log() + "; id -u; readlink /proc/self/ns/mnt; env | grep -c SECRET;"
                                + " echo $EMPEROR_VASSAL $EMPEROR_INCARNATION $UWSGI_VASSAL_CONFIG $UWSGI_VASSAL_UID"
                                + " $UWSGI_VASSAL_GID; readlink /proc/$UWSGI_VASSAL_PID/ns/net;"
                                + " readlink /proc/self/ns/net; echo $HOME $(pwd) $(umask); echo end=");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            assertEquals(ExitStatus.exited(0), yard.end(id).status(), () -> yard.lastWords(id));
            yard.dismantle(id);

            List<String> lines = lines();
            assertEquals("0", lines.get(0));
            assertEquals(Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")).toString(), lines.get(1));
            assertEquals("0", lines.get(2), "nothing of the vassal's environment");
            assertEquals("api 1 api.ini 65534 65534", lines.get(3));
            assertNotEquals(lines.get(5), lines.get(4), "the network of the jail and of the host");
            assertEquals("/root / 0022", lines.get(6));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void prepareWhatTheJailWaitsForWhileItIsBuilt() {
        Path ready = state.resolve("ready");
        Sample sample = Sample.of("api")
                .shell("cat " + ready)
                .jail("wait-for-file", ready.toString())
                .jail("hook-as-emperor", "writen:" + ready + " by the emperor");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            yard.turn(Duration.ofMinutes(1));
            yard.turn(Duration.ofMinutes(1)); // nothing that merely times out may be what lets it begin
            assertEquals(ExitStatus.exited(0), yard.end(id).status(), () -> yard.lastWords(id));
            assertEquals("by the emperor\n", yard.lastWords(id));
            yard.dismantle(id);
            assertEquals(List.of(), yard.errandFailures());
        }
    }

    @Test
    void writeToTheLogOfTheirVassal() {
        Sample sample = Sample.of("api").shell("echo program").jail("vassals-start-hook", "/bin/echo said to");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            yard.end(id);
            assertEquals("program\n", yard.lastWords(id));
            assertEquals("said to api.ini\n", yard.lastWords(id.errand("before")));
            yard.dismantle(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vassals-start-hook", "exec-as-emperor", "vassals-stop-hook"})
    void failureIsToldAndTheVassalGoesOn(String key) {
        boolean shell = key.startsWith("exec");
        Sample sample = Sample.of("api")
                .shell("sleep 0.3")
                .jail(key, shell ? "exit 3" : "/bin/sh -c 'exit 3'")
                .jail(key, shell ? "echo more >> " + log() : note("more"));
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            assertEquals(ExitStatus.exited(0), yard.end(id).status());
            yard.dismantle(id);

            assertEquals(1, yard.errandFailures().size(), yard.errandFailures().toString());
            String told = yard.errandFailures().get(0);
            assertTrue(told.startsWith("api.1 " + (shell ? "as-emperor" : key) + " step init/3 run "), told);
            assertTrue(told.endsWith("exit code 3"), told);
            assertEquals(List.of(), lines(), "what comes after a failed one is not done");
            assertNothingIsLeft(yard);
        }
    }

    @Test
    void missingProgramIsToldByItsName() {
        Sample sample = Sample.of("api").shell("exit 0").jail("vassals-start-hook", "/no/such/program");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            assertEquals(ExitStatus.exited(0), yard.end(id).status());
            yard.dismantle(id);
            String told = yard.errandFailures().get(0);
            assertTrue(told.contains("/no/such/program"), told);
            assertTrue(told.contains("ENOENT"), told);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vassals-start-hook", "vassals-stop-hook"})
    void whatTakesTooLongIsKilledAndTold(String key) {
        Sample sample = Sample.of("api")
                .shell("exit 0")
                .jail("hook-timeout", "200ms")
                .jail(key, "/bin/sh -c 'sleep 1000 & sleep 1000'");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            assertEquals(ExitStatus.exited(0), yard.end(id).status());
            yard.dismantle(id);
            assertTrue(
                    yard.errandFailures().get(0).contains("ETIMEDOUT"),
                    yard.errandFailures().toString());
            assertNothingIsLeft(yard);
        }
    }

    @Test
    void oneBesideEndsWithItsJail() {
        Sample sample = Sample.of("api").shell("sleep 0.2").jail("exec-as-emperor", "sleep 1000");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            assertEquals(ExitStatus.exited(0), yard.end(id).status());
            yard.dismantle(id);
            assertEquals(List.of(), yard.errandFailures(), "it is no failure");
            assertNothingIsLeft(yard);
        }
    }

    @Test
    void killBeforeTheLaunchEndsItAndThereIsNoLaunch() {
        Sample sample = Sample.of("api")
                .shell("echo program >> " + log())
                .jail("vassals-start-hook", "/bin/sh -c 'sleep 1000 & sleep 1000'")
                .jail("vassals-stop-hook", note("after"));
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            yard.watchFor(LONGER);
            yard.backend().kill(id);
            VassalEvent end = yard.end(id);
            assertEquals(EventKind.LAUNCH_FAILED, end.kind());
            assertEquals("cancelled during vassals-start-hook", end.detail());
            yard.dismantle(id);
            assertEquals(List.of("after api.ini"), lines());
            assertNothingIsLeft(yard);
        }
    }

    @Test
    void everyLaunchThatFailsHasItsEndToo() {
        Sample sample = Sample.of("api").exec("/no/such/program").jail("vassals-stop-hook", note("after"));
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            assertEquals(EventKind.LAUNCH_FAILED, yard.end(id).kind());
            yard.dismantle(id);
            assertEquals(List.of("after api.ini"), lines());
        }
    }

    @Test
    void nothingOfThemOutlivesTheirEnd() {
        Sample sample = Sample.of("api")
                .shell("sleep 0.2")
                .jail("vassals-start-hook", "/bin/sh -c 'setsid sleep 1000 & echo $! >> " + log() + "'");
        try (JailYard yard = JailYard.open(state)) {
            IncarnationId id = yard.launch(sample);
            yard.launched(id);
            long left = Long.parseLong(lines().get(0));
            assertFalse(ProcessHandle.of(left).isPresent(), "what a hook leaves running ends with it");
            yard.end(id);
            yard.dismantle(id);
        }
    }
}
