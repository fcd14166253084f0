package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@SuppressWarnings("try") // the daemon only has to be there
class SecurityCommandTest {
    private static final Platforms PLATFORMS = new Platforms(List.of(new PaperPlatform("here", true, "jail-here")));

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("web.ini"), "[vassal]\nexec = /bin/true\njail-here = tight\n");
    }

    private static Ran security(String... args) {
        return Ran.of(
                new CommandLine(new SecurityCommand(PLATFORMS)).setExecutionExceptionHandler(Commands::fail), args);
    }

    @Test
    void everyProtectionIsToldWithItsStateAndWhy() {
        Ran ran = security(file.toString());
        assertEquals("", ran.err());
        assertEquals("""
                wall   on      tight; jail-here at F:3:13
                moat   partly  dry in summer; nobody asked for more
                guard  off     write jail-here = guard
                vassal web on here: 2 on, 1 off
                """, ran.out().replace(file.toString(), "F"));
        assertEquals(ExitCode.FINE, ran.exitCode());
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        JsonNode report =
                new ObjectMapper().readTree(security(file.toString(), "--json").out());
        assertEquals("web", report.get("vassal").textValue());
        assertEquals(file.toString(), report.get("file").textValue());
        assertEquals("here", report.get("platform").textValue());
        JsonNode moat = report.get("protections").get(1);
        assertEquals("moat", moat.get("name").textValue());
        assertEquals("partly", moat.get("state").textValue());
        assertEquals("dry in summer", moat.get("detail").textValue());
        assertEquals("nobody asked for more", moat.get("why").textValue());
    }

    @Test
    void refusedFileHasItsProblems() throws IOException {
        Files.writeString(file, "[vassal]\nexec = /bin/true\njail-here = wrong\n");
        Ran ran = security(file.toString());
        assertEquals(ExitCode.MISTAKE, ran.exitCode());
        assertEquals("", ran.out());
        assertTrue(ran.err().contains("jail-here: is wrong"), ran.err());
    }

    @Test
    void vassalOfTheDaemonIsFoundByWhatTheDaemonSaysOfIt() throws IOException {
        String document = "{\"vassal\": {\"name\": \"web\", \"id\": \"web.ini\", \"source\": \"" + directory + "\"}}";
        try (FakeDaemon ignored = FakeDaemon.answering(directory, 200, document)) {
            Ran ran = security("web", "--state-dir", directory.toString());
            assertTrue(ran.out().contains("jail-here at " + file + ":3:13"), ran.out() + ran.err());
        }
    }

    @Test
    void vassalWhoseSourceIsElsewhereIsToldWithARemedy() throws IOException {
        String document = "{\"vassal\": {\"name\": \"web\", \"id\": \"web.ini\", \"source\": \"glob:///x/*.ini\"}}";
        try (FakeDaemon ignored = FakeDaemon.answering(directory, 200, document)) {
            Ran ran = security("web", "--state-dir", directory.toString());
            assertEquals(ExitCode.MISTAKE, ran.exitCode());
            assertTrue(ran.err().contains("cannot find the file of vassal web"), ran.err());
            assertTrue(ran.err().contains("; name the file instead"), ran.err());
        }
    }

    @Test
    void unknownVassalAndNoDaemonHaveTheirExitCodes() throws IOException {
        assertEquals(
                ExitCode.NO_DAEMON,
                security("web", "--state-dir", directory.toString()).exitCode());
        try (FakeDaemon ignored = FakeDaemon.answering(directory, 404, "")) {
            Ran ran = security("web", "--state-dir", directory.toString());
            assertEquals(ExitCode.UNKNOWN_VASSAL, ran.exitCode());
            assertTrue(ran.err().contains("no vassal \"web\""), ran.err());
        }
    }
}
