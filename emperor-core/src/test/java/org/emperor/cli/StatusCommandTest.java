package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emperor.http.HttpLimits;
import org.emperor.http.HttpServer;
import org.emperor.http.HttpSettings;
import org.emperor.http.MetricsPage;
import org.emperor.loop.RealmSnapshot;
import org.emperor.loop.SampleRealm;
import org.emperor.spec.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // what is held open is not named again
class StatusCommandTest {
    private static final Identity ROOT = new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh");
    private static final MetricsPage NO_METRICS = new MetricsPage() {
        @Override
        public String contentType(String accept) {
            return "text/plain";
        }

        @Override
        public void write(String contentType, OutputStream out) {}
    };

    @TempDir
    Path state;

    @Test
    void calmRealmIsATableAndExitCodeZero() {
        try (HttpServer daemon = daemon(SampleRealm.calm())) {
            Ran ran = status();
            assertEquals("", ran.err());
            assertEquals(ExitCode.FINE, ran.exitCode());
            assertTrue(ran.out().startsWith("NAME   STATE "), ran.out());
            assertTrue(ran.out().contains("web@1  ready, loyal  5001  "), ran.out());
        }
    }

    @Test
    void vassalThatBacksOffIsNotAsWanted() {
        try (HttpServer daemon = daemon(SampleRealm.mixed())) {
            assertEquals(ExitCode.NOT_AS_WANTED, status().exitCode());
            assertEquals(ExitCode.NOT_AS_WANTED, status("crasher").exitCode());
            assertEquals(ExitCode.NOT_AS_WANTED, status("shell").exitCode(), "its last edit was refused");
            assertEquals(ExitCode.FINE, status("web@1").exitCode());
        }
    }

    @Test
    void jsonIsTheDocumentOfTheApi() throws IOException {
        try (HttpServer daemon = daemon(SampleRealm.mixed())) {
            Ran ran = status("web@1", "--json");
            assertEquals(
                    5001,
                    new ObjectMapper()
                            .readTree(ran.out())
                            .get("vassal")
                            .get("pid")
                            .asInt());
            assertEquals(ExitCode.NOT_AS_WANTED, status("--json").exitCode());
        }
    }

    @Test
    void unknownVassalHasItsOwnExitCode() {
        try (HttpServer daemon = daemon(SampleRealm.calm())) {
            Ran ran = status("nobody");
            assertEquals(ExitCode.UNKNOWN_VASSAL, ran.exitCode());
            assertEquals("emperor: no vassal \"nobody\"" + System.lineSeparator(), ran.err());
            assertEquals(ExitCode.UNKNOWN_VASSAL, status("../../stats").exitCode());
            assertEquals("", ran.out());
        }
    }

    @Test
    void withoutDaemonTheMessageNamesTheSocket() throws IOException {
        Ran none = status();
        assertEquals(ExitCode.NO_DAEMON, none.exitCode());
        assertTrue(
                none.err().startsWith("emperor: no emperor answers on " + state.resolve("emperor.sock")), none.err());

        Files.createFile(state.resolve("emperor.sock"));
        assertEquals(ExitCode.NO_DAEMON, status().exitCode());
    }

    @Test
    void answerThatIsNotWholeIsNoAnswer() throws IOException {
        for (String answer : List.of(
                "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{}", "HELLO\r\n\r\n")) {
            try (FakeDaemon broken = FakeDaemon.raw(state, answer)) {
                assertEquals(ExitCode.NO_DAEMON, status().exitCode(), answer);
            }
            Files.delete(state.resolve("emperor.sock"));
        }
    }

    @Test
    void answerThatIsNotWhatWasAskedIsReported() throws IOException {
        try (FakeDaemon busy = FakeDaemon.answering(state, 503, "too busy\n")) {
            Ran ran = status();
            assertEquals(ExitCode.NO_DAEMON, ran.exitCode());
            assertEquals("emperor: the emperor answers 503: too busy" + System.lineSeparator(), ran.err());
        }
    }

    @Test
    void wrongOptionIsUsage() {
        assertEquals(ExitCode.USAGE, status("--jsn").exitCode());
        assertEquals(ExitCode.USAGE, status("a", "b").exitCode());
    }

    private Ran status(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "status";
        args[1] = "--state-dir";
        args[2] = state.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return Ran.emperor(args);
    }

    private HttpServer daemon(RealmSnapshot realm) {
        HttpSettings settings =
                new HttpSettings(state.resolve("emperor.sock"), Optional.empty(), ROOT, HttpLimits.USUAL);
        return HttpServer.start(settings, () -> realm, NO_METRICS);
    }
}
