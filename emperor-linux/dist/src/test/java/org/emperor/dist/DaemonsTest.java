package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that know nothing of jails, in the standard one. */
@Tag("kernel")
class DaemonsTest {
    private static RunningEmperor emperor;
    private static Path pages;

    @BeforeAll
    static void start() throws IOException {
        emperor = RunningEmperor.start();
        pages = Files.createDirectory(emperor.place().path().resolve("pages"));
        Files.writeString(pages.resolve("index.html"), "a page");
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    @Test
    void webServerInPythonRuns() throws IOException {
        int port = freePort();
        emperor.drop(
                "python",
                "exec = /usr/bin/python3 -m http.server --bind 127.0.0.1 --directory /run/pages " + port,
                "jail-preset = standard",
                "uid = www-data",
                "bind-ro = " + pages + ":/run/pages");
        untilServed(port);
        emperor.dismiss("python");
    }

    @Test
    void shellWritesWhereItMayAndNowhereElse() throws IOException {
        Path data = Files.createDirectory(emperor.place().path().resolve("data"));
        Path script = Files.writeString(pages.resolve("script"), """
                for place in /etc /usr /tmp /run /run/data /dev/shm; do
                    echo text 2>/dev/null >"$place/made" && echo "wrote $place"
                done
                grep -c processor /proc/cpuinfo >/dev/null && mktemp >/dev/null && echo ready
                sleep 1000
                """);
        emperor.drop(
                "shell",
                "exec = /bin/sh /run/pages/" + script.getFileName(),
                "jail-preset = standard",
                "bind-ro = " + pages + ":/run/pages",
                "bind = " + data + ":/run/data");

        emperor.untilSaid("shell", "ready");
        assertEquals(
                java.util.List.of("wrote /tmp", "wrote /run", "wrote /run/data", "wrote /dev/shm"),
                emperor.place().output("shell").stream()
                        .filter(line -> line.startsWith("wrote"))
                        .toList());
        assertTrue(Files.exists(data.resolve("made")), "what is bound is the host's");
        emperor.dismiss("shell");
    }

    private static void untilServed(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .timeout(Duration.ofSeconds(5))
                .build();
        emperor.until("the page is served", () -> body(request).equals("a page"));
    }

    private static String body(HttpRequest request) {
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
