package org.emperor.log;

import static org.emperor.log.LogScene.BEGIN;
import static org.emperor.log.LogScene.WEB;
import static org.emperor.log.LogScene.WEB_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log directory on a file system that runs full, and has room again (E01), or becomes read-only (E03). */
@Tag("kernel")
class FullDiskTest {
    private static final Duration RETRY = Duration.ofSeconds(1);

    @Test
    void fullDiskDropsAndCountsUntilThereIsRoom(@TempDir Path mount) throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount.toString());
        try {
            Path ballast = Files.write(mount.resolve("ballast"), new byte[128 << 10]);
            LogScene scene = new LogScene(clock -> LogTarget.directory(mount, clock));
            int sent = 0;
            for (int i = 0; i < 4000; i++) {
                String line = "line " + i + "\n";
                sent += line.length();
                scene.output(WEB_1, line).write();
            }
            scene.pass(RETRY);
            LogCounts full = scene.counters.of(WEB);
            assertEquals(sent, full.written() + full.dropped());
            assertTrue(full.dropped() > 0, full.toString());
            assertEquals(1, scene.reports.size(), scene.reports.toString());
            assertTrue(scene.reports.get(0).contains("No space left on device"), scene.reports.get(0));
            Files.delete(ballast);
            scene.pass(RETRY).output(WEB_1, "room again\n").write();
            List<String> lines = Files.readAllLines(mount.resolve("web.log"));
            assertEquals(BEGIN + "[emperor] dropped " + full.dropped() + " bytes", lines.get(lines.size() - 2));
            assertEquals(BEGIN + "| room again", lines.get(lines.size() - 1));
        } finally {
            run("umount", mount.toString());
        }
    }

    @Test
    void readOnlyFileSystemIsAFaultThatHeals(@TempDir Path mount) throws Exception {
        run("mount", "-t", "tmpfs", "tmpfs", mount.toString());
        try {
            LogScene scene = new LogScene(clock -> LogTarget.directory(mount, clock));
            scene.output(WEB_1, "one\n").write();
            run("mount", "-o", "remount,ro", mount.toString());
            scene.output(WEB_1, "two\n").write().pass(RETRY);
            assertEquals(new LogCounts(4, 4, 2), scene.counters.of(WEB));
            run("mount", "-o", "remount,rw", mount.toString());
            scene.pass(RETRY).write();
            assertEquals(
                    BEGIN + "| one\n" + BEGIN + "[emperor] dropped 4 bytes\n",
                    Files.readString(mount.resolve("web.log")));
        } finally {
            run("umount", mount.toString());
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }
}
