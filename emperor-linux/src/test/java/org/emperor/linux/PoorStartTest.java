package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Emperors that were started with less than is usual launch vassals that lack nothing. */
@Tag("kernel")
class PoorStartTest {
    private static final String EXPECTED = "exit code 7, written: out\nerr\nCapAmb:\t0000000000000000\n";

    @TempDir
    Path state;

    @ParameterizedTest
    @ValueSource(strings = {"<&-", ">&-", "<&- >&-", "<&- >&- 2>&-"})
    void closedStandardDescriptorsOfTheEmperorAreOpenInTheVassal(String closed) throws Exception {
        assertEquals(EXPECTED, start("exec \"$@\" " + closed));
    }

    /** Less than the 134 that jail-init's descriptors were once moved up to. */
    @Test
    void lowLimitOfOpenFilesIsEnoughForJailInit() throws Exception {
        assertEquals(EXPECTED, start("exec \"$@\" 20"));
    }

    /** As systemd's AmbientCapabilities. */
    @Test
    void capabilitiesGivenToTheEmperorAreNotHandedOn() throws Exception {
        String caps = "--inh-caps +net_bind_service --ambient-caps +net_bind_service";
        assertEquals(EXPECTED, start("exec setpriv " + caps + " \"$@\""));
    }

    /** The setting belongs to a PID namespace and those below it. */
    @Test
    void jailInitRunsWhereNoMemoryFileMayBeExecuted() throws Exception {
        Path setting = Path.of("/proc/sys/vm/memfd_noexec");
        assumeTrue(Files.exists(setting), "needs " + setting + ", since Linux 6.3");
        String script =
                "exec unshare --pid --fork --mount-proc sh -c 'echo 2 > " + setting + "; exec \"$@\"' sh \"$@\"";
        assertEquals(EXPECTED, start(script));
    }

    /** Only what is needed: every archive of it is one more open file. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> new File(entry).isDirectory()
                        || entry.matches(".*(emperor|jffi|jnr|jspecify|junit|opentest4j).*"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String start(String script) throws Exception {
        Path result = state.resolve("result");
        Process emperor = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        script,
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xrs",
                        "-cp",
                        classPath(),
                        PoorStart.class.getName(),
                        state.toString(),
                        result.toString())
                .inheritIO()
                .start();
        try {
            assertTrue(emperor.waitFor(60, TimeUnit.SECONDS), "not over in time");
            return Files.readString(result);
        } finally {
            emperor.destroyForcibly();
        }
    }
}
