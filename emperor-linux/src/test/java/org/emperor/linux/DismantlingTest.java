package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.emperor.linux.sys.Kernel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killing one by one, as in a cgroup of v1; a directory with a list of pids is all that takes. */
@Tag("kernel")
class DismantlingTest {
    private static final int ONE_READ = 4096;

    @TempDir
    Path leaf;

    private final Dismantling dismantling =
            new Dismantling(new Kernel(NativeFiles.find().library()));

    @Test
    void everyMemberIsKilled() throws Exception {
        Process first = new ProcessBuilder("/bin/sleep", "1000").start();
        Process second = new ProcessBuilder("/bin/sleep", "1000").start();
        Files.writeString(leaf.resolve("cgroup.procs"), first.pid() + "\n" + second.pid() + "\n");
        dismantling.kill(leaf.toString());
        assertTrue(first.waitFor(10, TimeUnit.SECONDS));
        assertTrue(second.waitFor(10, TimeUnit.SECONDS));
    }

    /** The first read ends within a number, and what it gives of that is the pid of somebody else. */
    @Test
    void listLongerThanOneReadKillsNoStranger() throws Exception {
        Process stranger = new ProcessBuilder("/bin/sleep", "1000").start();
        String pid = Long.toString(stranger.pid());
        String nobody = "4000000\n"; // 8 bytes, and no pid is so high
        String list = nobody.repeat(ONE_READ / nobody.length() - 1) + "0".repeat(7 - pid.length()) + "\n";
        list = list.substring(0, ONE_READ - pid.length() - 1) + "\n" + pid + "9\n";
        Files.writeString(leaf.resolve("cgroup.procs"), list);
        dismantling.kill(leaf.toString());
        assertFalse(stranger.waitFor(300, TimeUnit.MILLISECONDS));
        stranger.destroyForcibly();
    }
}
