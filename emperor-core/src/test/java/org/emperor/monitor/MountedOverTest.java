package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system mounted over the vassals' directory, of which inotify tells nothing (C14). */
@Tag("kernel")
class MountedOverTest {
    private static final Duration GLANCE = Duration.ofSeconds(31);

    @Test
    void mountOverTheDirectoryStopsNobodyAndUnmountingHeals(@TempDir Path root) throws Exception {
        Scene scene = new Scene(root);
        scene.write("web.ini", "one").settle();
        run("mount", "-t", "tmpfs", "tmpfs", scene.vassals.toString());
        try {
            assertEquals(List.of(), scene.pass(GLANCE));
            assertTrue(scene.troubles().get(0).contains("was replaced and has no web.ini;"));
        } finally {
            run("umount", scene.vassals.toString());
        }
        assertEquals(List.of(), scene.pass(GLANCE));
        assertEquals(List.of(), scene.troubles());
        assertEquals(List.of("VANISHED web.ini"), scene.remove("web.ini").settle());
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }
}
