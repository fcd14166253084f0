package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emperor.linux.plan.Cgroups;
import org.emperor.linux.plan.LinuxFacts;
import org.emperor.linux.plan.Means;
import org.emperor.spec.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostProbeTest {
    @TempDir
    Path root;

    private Path proc;

    @BeforeEach
    void makeProc() throws IOException {
        proc = root.resolve("proc");
        write("sys/kernel/osrelease", "6.18.44-fc-v669\n");
        write("sys/kernel/cap_last_cap", "40\n");
        write(
                "self/limits",
                "Limit  Soft  Hard  Units\nMax open files            1024                 4096       files\n");
        write("self/cgroup", "0::/\n");
        write("self/mountinfo", "");
    }

    @ParameterizedTest
    @CsvSource({
        "6.18.44-fc-v669, true, true",
        "6.18-rc1+, true, true",
        "5.10+, true, true",
        "5.7.0-rc2, true, true",
        "5.6.19, true, false",
        "5.4.0-150-generic, false, false",
        "4.19.0+, false, false",
        "unheard of, true, true"
    })
    void kernelReleaseTellsWhatItCanDo(String release, boolean clone3, boolean intoCgroup) throws IOException {
        write("sys/kernel/osrelease", release + "\n");
        LinuxFacts facts = facts();
        assertEquals(clone3, facts.clone3());
        assertEquals(intoCgroup, facts.intoCgroup());
    }

    @Test
    void whatTheEmperorItselfHasBoundsWhatAProgramCanGet() throws IOException {
        write("self/status", "Name:\tjava\nCapEff:\t00000000a80425fb\nSeccomp:\t2\n");
        write("self/oom_score_adj", "-900\n");
        write("self/stat", "42 (ja (v) a) S 1 42 42 0 -1 4194304 100 0 0 0 1 2 0 0 27 7 30 0 100\n");
        write("sys/fs/nr_open", "1048576\n");
        write("self/limits", """
                Limit                     Soft Limit           Hard Limit           Units
                Max cpu time              unlimited            unlimited            seconds
                Max core file size        0                    unlimited            bytes
                Max open files            1024                 524288               files
                Max realtime timeout      unlimited            5000                 us
                """);
        Means means = facts().means();
        assertEquals(0xa80425fbL, means.capabilities());
        assertEquals(-900, means.oomScoreAdj());
        assertEquals(7, means.nice());
        assertEquals(1048576, means.openFilesMost());
        assertEquals(Map.of(Resource.NOFILE, 524288L, Resource.RTTIME, 5000L), means.hard());
        assertTrue(means.processors() >= 1, "processors: " + means.processors());
        assertEquals(means, LinuxFacts.of(facts().toFacts()).means());
    }

    @Test
    void fileThatASandboxHidesIsReplacedByWhatIsUsual() throws IOException {
        Files.delete(proc.resolve("sys/kernel/cap_last_cap"));
        Files.delete(proc.resolve("self/limits"));
        Files.delete(proc.resolve("self/mountinfo"));
        Files.delete(proc.resolve("self/cgroup"));
        LinuxFacts facts = facts();
        assertEquals(
                Cgroups.NONE.controls().keySet(), facts.cgroups().controls().keySet());
        assertEquals(0, facts.memory());
        assertEquals(40, facts.capLast());
        assertEquals(1024, facts.nofileHard());
        assertEquals("", facts.cgroup2());
        assertEquals(Map.of(), facts.means().hard());
        assertEquals(0, facts.means().oomScoreAdj());
    }

    /** A number in proc_sys(5) cannot be read byte by byte. */
    @Test
    void realNumbersAreReadWhole() throws IOException {
        Path number = Path.of("/proc/sys/kernel/cap_last_cap");
        assumeTrue(Files.isReadable(number), "needs Linux");
        assertEquals(
                Files.readAllLines(number),
                List.of(Integer.toString(HostProbe.probe().capLast())));
    }

    private LinuxFacts facts() {
        return new HostProbe(proc).facts();
    }

    private void write(String file, String content) throws IOException {
        Path path = proc.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
