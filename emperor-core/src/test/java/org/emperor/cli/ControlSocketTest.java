package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // what is held open is not named again
class ControlSocketTest {
    @TempDir
    Path state;

    @Test
    void daemonThatNeverAnswersIsGivenUp() throws IOException {
        try (FakeDaemon hung = FakeDaemon.silent(state)) {
            ControlSocket socket = new ControlSocket(state.resolve("emperor.sock"), Duration.ofMillis(50));
            CommandFailure failure = assertThrows(CommandFailure.class, () -> socket.get("/healthz"));
            assertEquals(ExitCode.NO_DAEMON, failure.exitCode());
            assertTrue(failure.text().contains("no answer within"), failure.text());
        }
    }

    @Test
    void bodyMayHoldAnyText() throws IOException {
        try (FakeDaemon daemon = FakeDaemon.answering(state, 200, "grüße\r\n\r\n0")) {
            ControlSocket.Answer answer = new ControlSocket(state.resolve("emperor.sock")).get("/");
            assertEquals(new ControlSocket.Answer(200, "grüße\r\n\r\n0"), answer);
        }
    }
}
