package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody leaves to an emperor he starts, open descriptors and ignored signals, and what of it vassals see. */
@Tag("kernel")
class PoorLauncherTest {
    private static final String LEAVES =
            "trap '' ALRM PIPE TSTP TTOU USR1; exec 3</etc/passwd 4>/dev/null 9</etc/passwd; ";
    private static final String LOOKS = """
            [vassal]
            exec = /bin/sh -c "ls /proc/self/fd; grep SigIgn /proc/self/status; echo all; exec sleep 1000"
            init = %s
            """;
    private static final String FOUND = "0\n1\n2\n3\nSigIgn:\t0000000000000000\nall\n"; // 3 is the one ls reads

    @TempDir
    Path place;

    @Test
    void nothingThatTheEmperorInheritedReachesAVassal() throws Exception {
        Path vassals = Files.createDirectory(place.resolve("vassals"));
        Files.writeString(vassals.resolve("resident.ini"), LOOKS.formatted("resident"));
        Files.writeString(vassals.resolve("none.ini"), LOOKS.formatted("none"));
        Process emperor = start(vassals);
        try {
            Await.until(
                    "both have looked",
                    () -> said("resident").endsWith("all\n") && said("none").endsWith("all\n"));
            assertAll(() -> assertEquals(FOUND, said("resident")), () -> assertEquals(FOUND, said("none")));
        } finally {
            emperor.destroy();
            assertTrue(emperor.waitFor(30, TimeUnit.SECONDS));
        }
    }

    private Process start(Path vassals) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/sh",
                "-c",
                LEAVES + "exec \"$0\" run --vassals \"$1\" --state-dir \"$2/state\" --log-dir \"$2\" --http none",
                Tree.launcher(),
                vassals.toString(),
                place.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.redirectErrorStream(true)
                .redirectOutput(place.resolve("emperor").toFile())
                .start();
    }

    /** Without the times. */
    private String said(String vassal) {
        try {
            Path log = place.resolve(vassal + ".log");
            return Files.exists(log) ? Files.readString(log).replaceAll("(?m)^\\S+ \\| ", "") : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
