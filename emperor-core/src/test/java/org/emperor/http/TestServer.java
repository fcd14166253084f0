package org.emperor.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.emperor.loop.RealmSnapshot;
import org.emperor.loop.SampleRealm;
import org.emperor.spec.Identity;

/** A real server on a free port, over a realm that the test sets. */
final class TestServer implements AutoCloseable {
    static final HttpLimits PATIENT =
            new HttpLimits(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofSeconds(5), 16, 1 << 20);
    private static final Identity SELF = new Identity("root", 0, 0, List.of(0), "/root", "/bin/sh");
    private static final MetricsPage METRICS = new MetricsPage() {
        @Override
        public String contentType(String accept) {
            return accept.isEmpty() ? "text/plain" : accept;
        }

        @Override
        public void write(String contentType, OutputStream out) throws IOException {
            out.write("emperor_turns_total 77.0\n".getBytes(StandardCharsets.UTF_8));
        }
    };

    final AtomicReference<RealmSnapshot> realm = new AtomicReference<>(SampleRealm.mixed());
    final AtomicInteger readings = new AtomicInteger();
    final Path socket;
    final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestServer(Path directory, HttpLimits limits) {
        this(directory, limits, new HttpAddress("127.0.0.1", 0));
    }

    TestServer(Path directory, HttpLimits limits, HttpAddress address) {
        socket = directory.resolve("emperor.sock");
        HttpSettings settings = new HttpSettings(socket, Optional.of(address), SELF, limits);
        server = HttpServer.start(settings, this::read, METRICS, Duration.ofMillis(20));
    }

    private RealmSnapshot read() {
        readings.incrementAndGet();
        return realm.get();
    }

    InetSocketAddress address() {
        return server.address().orElseThrow();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + address().getPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
    }
}
