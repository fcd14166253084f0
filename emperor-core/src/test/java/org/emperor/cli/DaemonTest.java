package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.emperor.http.Await;
import org.emperor.http.HttpAddress;
import org.emperor.jail.Platform;
import org.emperor.lang.Position;
import org.emperor.lang.Setting;
import org.emperor.monitor.Sources;
import org.emperor.spec.Signal;
import org.emperor.spec.UwsgiSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Path state;
    private QuickPlatform platform;

    @BeforeEach
    void oneVassal() throws IOException {
        state = directory.resolve("state");
        platform = new QuickPlatform((Integer) Files.getAttribute(directory, "unix:uid"));
        Path vassals = Files.createDirectory(directory.resolve("vassals"));
        Files.writeString(vassals.resolve("web.ini"), "[vassal]\nexec = /bin/web\n");
    }

    @Test
    void daemonReignsIsSeenAndLeavesNothingBehind() throws Exception {
        Set<String> before = threads();
        CompletableFuture<Void> reign = CompletableFuture.runAsync(daemon(settings("vassals"), platform)::reign);
        Await.until(() -> status("web").out().contains("running"));
        assertEquals(ExitCode.FINE, status().exitCode());
        assertTrue(status("--json").out().contains("\"pid\":4711"));
        assertTrue(new ControlSocket(socket()).get("/metrics").body().contains("emperor_vassal_up{vassal=\"web\"} 1"));
        assertEquals("ready\n", new ControlSocket(socket()).get("/readyz").body());

        platform.signalEmperor(Signal.TERM);
        reign.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertFalse(Files.exists(socket()));
        assertTrue(platform.isClosed());
        assertEquals(ExitCode.NO_DAEMON, status().exitCode());
        Await.until(() -> before.containsAll(threads()));

        CompletableFuture<Void> next = CompletableFuture.runAsync(daemon(settings("vassals"), platform)::reign);
        Await.until(() -> status("web").out().contains("running"));
        platform.signalEmperor(Signal.USR2);
        next.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void secondEmperorOnTheSameStateDirectoryIsRefused() throws Exception {
        CompletableFuture<Void> reign = CompletableFuture.runAsync(daemon(settings("vassals"), platform)::reign);
        Await.until(() -> Files.exists(socket()));
        CommandFailure refusal = assertThrows(CommandFailure.class, () -> daemon(settings("vassals"), platform)
                .reign());
        assertEquals(ExitCode.MISTAKE, refusal.exitCode());
        assertTrue(refusal.text().contains(state.toRealPath().toString()), refusal.text());
        assertTrue(Files.exists(socket()), "the first one's socket stays");
        platform.signalEmperor(Signal.INT);
        reign.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void hostThatRefusesIsToldWithItsReason() {
        platform.refuse("clone3: EPERM (operation not permitted)");
        CommandFailure refusal = assertThrows(CommandFailure.class, () -> daemon(settings("vassals"), platform)
                .reign());
        assertEquals(ExitCode.HOST_REFUSED, refusal.exitCode());
        assertEquals("emperor: cannot reign here: clone3: EPERM (operation not permitted)", refusal.text());
    }

    @Test
    void sourceThatCannotBeWatchedIsTheOperatorsMistakeAndTheDirectoryIsFreeAgain() throws Exception {
        CommandFailure refusal = assertThrows(CommandFailure.class, () -> daemon(settings("zmq://x"), platform)
                .reign());
        assertEquals(ExitCode.MISTAKE, refusal.exitCode());
        assertTrue(refusal.text().contains("zmq://"), refusal.text());
        assertTrue(platform.isClosed());
        secondEmperorOnTheSameStateDirectoryIsRefused();
    }

    @Test
    void wrongSettingForAllVassalsEndsTheStartAndNotEveryVassal() {
        Setting grace = new Setting("stop-grace", "never", Position.of("command line"));
        Setting signal = new Setting("stop-signal", "TREM", Position.of("command line"));
        CommandFailure refusal =
                assertThrows(CommandFailure.class, () -> daemon(settings("vassals", grace, signal), platform)
                        .reign());
        assertEquals(ExitCode.MISTAKE, refusal.exitCode());
        assertTrue(refusal.text().startsWith("emperor: command line: stop-"), refusal.text());
        assertTrue(refusal.text().contains("\nemperor: command line: stop-"), refusal.text());
        assertTrue(platform.isClosed());
    }

    private RunSettings settings(String source, Setting... defaults) {
        return new RunSettings(
                List.of(
                        source.contains("://")
                                ? source
                                : directory.resolve(source).toString()),
                state,
                state.resolve("data"),
                Optional.of(directory.resolve("log")),
                Optional.of(new HttpAddress("127.0.0.1", 0)),
                Sources.RESCAN,
                List.of(defaults),
                UwsgiSettings.USUAL,
                System.Logger.Level.INFO);
    }

    private static Daemon daemon(RunSettings settings, Platform platform) {
        return new Daemon(settings, new Platforms(List.of(platform)));
    }

    private Path socket() {
        return state.resolve("emperor.sock");
    }

    private Ran status(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "status";
        args[1] = "--state-dir";
        args[2] = state.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return Ran.emperor(args);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("ForkJoinPool"))
                .collect(Collectors.toSet());
    }
}
