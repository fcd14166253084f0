package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a jail consists of, seen from the host while it stands. Its namespaces are held open, because the kernel gives
 * the number of one that is gone to the next.
 */
record StandingJail(
        List<Integer> processes, Set<String> cgroups, Map<String, String> namespaces, List<FileChannel> held)
        implements AutoCloseable {

    /** Waits until the n-th life of a vassal, whose probe drifts, reports and heeds, has come to the last of these. */
    static StandingJail of(RunningEmperor emperor, String vassal, int life) throws IOException {
        emperor.untilRunning(vassal, life);
        Report report = emperor.report(vassal, life);
        emperor.until(vassal + " heeds signals", () -> heeding(emperor, vassal) == life);
        String leaf = "/" + vassal + "." + emperor.shown(vassal).get("incarnation");
        List<Integer> processes =
                Host.processes(pid -> Host.text(pid, "cgroup").lines().anyMatch(line -> line.endsWith(leaf)));
        Set<String> cgroups = Host.cgroups(path -> path.endsWith(leaf));
        assertEquals(3, processes.size(), "jail-init, the probe and what it left behind");
        assertFalse(cgroups.isEmpty());
        List<FileChannel> held = new ArrayList<>();
        for (String name : report.namespaces().keySet()) {
            held.add(FileChannel.open(Path.of("/proc/" + emperor.pid(vassal) + "/ns/" + name)));
        }
        return new StandingJail(processes, cgroups, report.namespaces(), held);
    }

    private static long heeding(RunningEmperor emperor, String vassal) {
        return emperor.place().output(vassal).stream().filter("heeding"::equals).count();
    }

    /** Without a process in it, a mount namespace and all mounts in it are gone. */
    void untilNothingIsLeft() {
        Await.until("its processes are gone", () -> processes.stream().noneMatch(Host::isAlive));
        Await.until(
                "its cgroups are gone", () -> Host.cgroups(cgroups::contains).isEmpty());
        String mounts = namespaces.getOrDefault("mnt", "");
        assertEquals(List.of(), Host.processes(pid -> Host.link(pid, "ns/mnt").equals(mounts)));
    }

    @Override
    public void close() throws IOException {
        for (FileChannel namespace : held) {
            namespace.close();
        }
    }
}
