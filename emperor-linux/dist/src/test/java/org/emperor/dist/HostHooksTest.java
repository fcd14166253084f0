package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the daemon has done on the host around all its vassals, or around one of them. */
@Tag("kernel")
class HostHooksTest {
    private Place place;
    private Path log;

    @BeforeEach
    void make() {
        place = new Place();
        log = place.path().resolve("hooks.log");
    }

    @AfterEach
    void clear() {
        place.clear();
    }

    private List<String> lines() {
        try {
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String note(String words) {
        return "/bin/sh -c 'echo " + words + " $0 >> " + log + "'";
    }

    @Test
    void hookThatFailedAfterTheEndSaysThatTheVassalStops() {
        try (RunningEmperor emperor = RunningEmperor.start()) {
            emperor.drop("brief", "exec = /bin/sleep 1000", "vassals-stop-hook = /bin/false");
            emperor.untilRunning("brief");
            String failed = "hook vassals-stop-hook of vassal brief failed: ";
            Host.signal("KILL", emperor.pid("brief"));
            emperor.untilLogged(failed, "exit code 1; what follows the end of the vassal goes on");
            emperor.untilRunning("brief", 2);
            emperor.dismiss("brief");
            emperor.untilLogged(failed, "exit code 1; the vassal stops all the same");
            emperor.stop();
        }
    }

    @Test
    void hooksOfTheDaemonComeBeforeThoseOfTheFileAtEveryLaunchAndEnd() {
        try (RunningEmperor emperor = RunningEmperor.in(
                place,
                "--vassals-start-hook",
                note("start"),
                "--exec-as-emperor",
                "echo beside >> " + log,
                "--exec-as-vassal",
                "echo in the jail of all >> " + log,
                "--vassals-stop-hook",
                note("stop"))) {
            emperor.drop(
                    "web",
                    "exec = /bin/sleep 1000",
                    "clone = fs,ipc,uts,pid",
                    "exec-as-vassal = until grep -q beside " + log + "; do sleep 0.02; done; echo in its own >> " + log,
                    "vassals-stop-hook = " + note("its own stop"));
            emperor.untilRunning("web");
            emperor.until("the hooks of a start are done", () -> lines().size() >= 4);
            List<String> start = List.of("start web.ini", "in the jail of all", "beside", "in its own");
            assertTrue(lines().containsAll(start), lines().toString());
            assertEquals(start.size(), lines().size(), lines().toString());

            Host.signal("KILL", emperor.pid("web"));
            emperor.untilRunning("web", 2);
            emperor.until("the hooks of one end and of two starts are done", () -> lines().size() >= 10);
            List<String> lines = lines();
            assertEquals(List.of("stop web.ini", "its own stop web.ini", "start web.ini"), lines.subList(4, 7));
            assertEquals(10, lines.size(), lines.toString());

            emperor.stop();
            assertEquals(List.of("stop web.ini", "its own stop web.ini"), lines().subList(10, lines().size()));
        }
    }

    @Test
    void hookThatHangsHoldsUpNobodyElseAndIsKilled() {
        try (RunningEmperor emperor = RunningEmperor.in(place)) {
            emperor.drop(
                    "slow",
                    "exec = /bin/sleep 1000",
                    "hook-timeout = 700ms",
                    "vassals-start-hook = /bin/sh -c 'echo hanging; sleep 1000'");
            emperor.untilSaid("slow", "hanging");
            emperor.drop("quick", "exec = /bin/sleep 1000");
            emperor.untilRunning("quick");
            assertEquals("starting", emperor.shown("slow").get("state").textValue());

            emperor.untilRunning("slow");
            emperor.untilLogged("hook vassals-start-hook of vassal slow failed: step init/", "ETIMEDOUT");
            assertTrue(emperor.get("/metrics").orElseThrow().contains("emperor_hook_failures_total 1.0"));
            emperor.stop();
        }
    }

    @Test
    void vassalCanBeStoppedWhileItsHookRuns() {
        try (RunningEmperor emperor = RunningEmperor.in(place)) {
            emperor.drop(
                    "slow",
                    "exec = /bin/sleep 1000",
                    "vassals-start-hook = /bin/sh -c 'echo hanging; exec sleep 1000'");
            emperor.untilSaid("slow", "hanging");
            emperor.dismiss("slow");
            emperor.drop("slow", "exec = /bin/sleep 1000", "exec-as-emperor = echo beside; exec sleep 1000");
            emperor.untilSaid("slow", "beside");
            emperor.untilRunning("slow");
            emperor.dismiss("slow");
            assertTrue(!emperor.logged("failed"), "nothing of that is a failure");
            emperor.stop();
        }
    }
}
