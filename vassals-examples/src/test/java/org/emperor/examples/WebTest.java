package org.emperor.examples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class WebTest {
    private static final List<String> OWN = List.of("mnt", "ipc", "uts", "pid");
    private static final List<String> HOSTS = List.of("net", "user");

    @TempDir
    Path place;

    private final int port = freePort();

    @Test
    void serverOnLoopbackSeesOnlyItsJail() throws Exception {
        try (Reign reign = Reign.begin(place)) {
            reign.install("web", "8080", Integer.toString(port));
            JsonNode seen = seen();
            assertAll(
                    () -> assertEquals("web", seen.get("hostname").asText()),
                    () -> assertEquals(2, seen.get("pid").asInt()),
                    () -> assertEquals(1, seen.get("parent").asInt()),
                    () -> assertEquals(List.of("1", "2"), keys(seen.get("processes"))),
                    () -> assertEquals(idOf("/etc/passwd"), seen.get("uid").asInt()),
                    () -> assertEquals(idOf("/etc/group"), seen.get("gid").asInt()));
            for (String namespace : OWN) {
                assertNotEquals(outside(namespace), inside(seen, namespace), namespace);
            }
            for (String namespace : HOSTS) {
                assertEquals(outside(namespace), inside(seen, namespace), namespace);
            }
        }
    }

    @Test
    void killedServerComesBackInANewJail() throws Exception {
        try (Reign reign = Reign.begin(place)) {
            reign.install("web", "8080", Integer.toString(port));
            long pid = Long.parseLong(reign.await("launched vassal=web incarnation=1 pid=([0-9]+)")
                    .group(1));
            JsonNode before = seen();
            // Held open, so that the kernel cannot give their inode numbers to the new ones.
            try (Held old = Held.of(pid, OWN)) {
                assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
                reign.await("launched vassal=web incarnation=2 ");
                JsonNode after = seen();
                for (String namespace : OWN) {
                    assertNotEquals(inside(before, namespace), inside(after, namespace), namespace);
                }
                assertEquals(OWN.size(), old.files().size());
            }
        }
    }

    private record Held(List<InputStream> files) implements AutoCloseable {
        static Held of(long pid, List<String> namespaces) throws IOException {
            List<InputStream> files = new ArrayList<>();
            for (String namespace : namespaces) {
                files.add(new FileInputStream("/proc/" + pid + "/ns/" + namespace));
            }
            return new Held(files);
        }

        @Override
        public void close() throws IOException {
            for (InputStream file : files) {
                file.close();
            }
        }
    }

    /** Asks until the server has begun to listen, which nothing but asking can tell. */
    private JsonNode seen() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/seen.json"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                return new ObjectMapper()
                        .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body());
            } catch (ConnectException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static List<String> keys(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static String inside(JsonNode seen, String namespace) {
        return seen.get("namespaces").get(namespace).asText();
    }

    private static String outside(String namespace) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns", namespace)).toString();
    }

    private static int idOf(String database) throws IOException {
        return Files.readAllLines(Path.of(database)).stream()
                .filter(line -> line.startsWith("www-data:"))
                .map(line -> Integer.parseInt(line.split(":", -1)[2]))
                .findFirst()
                .orElseThrow();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
