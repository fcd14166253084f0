package org.emperor.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emperor.loop.SampleRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileClientTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    Path directory;

    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nBad Name: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nName : x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n",
                "GET / HTTP/1.1\nHost: localhost\n\n",
                "GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "GET /\r\n\r\n",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003 hello TLS\r\n\r\n"
            })
    void malformedRequestIsAnsweredWith400AndNothingAfterItIsRead(String request) throws IOException {
        server = new TestServer(directory, TestServer.PATIENT);
        String smuggled = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        String replies = RawClient.exchange(server.address(), request + smuggled);
        assertTrue(replies.startsWith("HTTP/1.1 400 Bad Request\r\n"), replies);
        assertTrue(replies.contains("\r\nconnection: close\r\n"), replies);
        assertEquals(1, replies.split("HTTP/1.1 ", -1).length - 1, replies);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:7117",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1",
                "",
                "localhost:7117@evil.example"
            })
    void nameOfAnotherHostIsRefusedBeforeRouting(String host) throws IOException {
        server = new TestServer(directory, TestServer.PATIENT);
        for (String path : List.of("/", "/api/v1/vassals", "/nothing")) {
            String reply =
                    RawClient.exchange(server.address(), "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertTrue(reply.startsWith("HTTP/1.1 421 "), reply);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:7117", "127.0.0.1:80", "[::1]:7117", "emperor.localhost"})
    void namesOfThisHostAreAnswered(String host) throws IOException {
        server = new TestServer(directory, TestServer.PATIENT);
        String reply = RawClient.exchange(
                server.address(), "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertTrue(reply.startsWith("HTTP/1.1 200 "), reply);
    }

    @Test
    void bodyIsRefusedBeforeItIsSent() throws IOException {
        server = new TestServer(directory, TestServer.PATIENT);
        String reply = RawClient.exchange(
                server.address(), "POST /stats HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\n\r\nabc");
        assertTrue(reply.startsWith("HTTP/1.1 413 "), reply);
    }

    @Test
    void endlessLineAndEndlessHeadersAreRefused() throws IOException {
        server = new TestServer(directory, TestServer.PATIENT);
        String line = RawClient.exchange(server.address(), "GET /" + "a".repeat(HttpLimits.REQUEST_LINE));
        assertTrue(line.startsWith("HTTP/1.1 414 "), line);
        String headers = RawClient.exchange(
                server.address(), "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(HttpLimits.HEADERS));
        assertTrue(headers.startsWith("HTTP/1.1 431 "), headers);
    }

    @Test
    void brokenEscapeIsRefused() throws IOException {
        server = new TestServer(directory, TestServer.PATIENT);
        String reply = RawClient.exchange(
                server.address(), "GET /api/v1/vassals/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertTrue(reply.startsWith("HTTP/1.1 400 "), reply);
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        server = new TestServer(directory, TestServer.PATIENT);
        String one = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String last = "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        String replies = RawClient.exchange(server.address(), one.repeat(200) + last);
        String[] statuses = replies.split("HTTP/1.1 ", -1);
        assertEquals(202, statuses.length);
        assertTrue(statuses[200].startsWith("200 ") && statuses[201].startsWith("404 "), replies);
    }

    @Test
    void clientThatNeverFinishesItsRequestIsClosed() throws IOException {
        server = new TestServer(directory, new HttpLimits(SHORT, LONG, LONG, 16, 1 << 20));
        try (RawClient slow = new RawClient(server.address())) {
            slow.send("GET / HTTP/1.1\r\nHost: local");
            assertEquals("", slow.readToEnd());
        }
    }

    @Test
    void idleConnectionIsClosedAfterAReply() throws IOException {
        server = new TestServer(directory, new HttpLimits(Duration.ofSeconds(1), LONG, LONG, 16, 1 << 20));
        try (RawClient idle = new RawClient(server.address())) {
            idle.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertTrue(idle.readToEnd().endsWith("ok\n"));
        }
    }

    @Test
    void clientThatNeverReadsHoldsNobodyUpAndIsClosed() throws Exception {
        server = new TestServer(directory, new HttpLimits(LONG, Duration.ofSeconds(1), LONG, 16, 1 << 20));
        server.realm.set(SampleRealm.large(50_000));
        try (RawClient greedy = new RawClient(server.address())) {
            greedy.send("GET /api/v1/vassals HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100));
            greedy.readUntil("HTTP/1.1 200 OK");
            assertEquals("ok\n", server.get("/healthz").body());
            assertEquals(503, server.get("/api/v1/vassals").statusCode());
            Await.until(() -> isAnswered("/api/v1/vassals"));
        }
    }

    @Test
    void repliesThatWaitForSlowClientsAreBounded() throws Exception {
        server = new TestServer(directory, new HttpLimits(LONG, LONG, LONG, 16, 1 << 20));
        server.realm.set(SampleRealm.large(50_000));
        try (RawClient greedy = new RawClient(server.address())) {
            greedy.send("GET /api/v1/vassals HTTP/1.1\r\nHost: localhost\r\n\r\n");
            greedy.readUntil("HTTP/1.1 200 OK");
            assertEquals(503, server.get("/api/v1/vassals").statusCode());
        }
        Await.until(() -> isAnswered("/api/v1/vassals"));
    }

    @Test
    void whatGrowsWithTheRealmIsNotEvenMadeWhileAReplyWaitsForASlowClient() throws Exception {
        server = new TestServer(directory, HttpLimits.USUAL);
        server.realm.set(SampleRealm.large(50_000));
        try (RawClient greedy = new RawClient(server.address())) {
            greedy.send("GET /api/v1/vassals HTTP/1.1\r\nHost: localhost\r\n\r\n");
            greedy.readUntil("HTTP/1.1 200 OK");
            int before = server.readings.get();
            for (String path : List.of("/api/v1/vassals", "/stats", "/metrics")) {
                assertEquals(503, server.get(path).statusCode(), path);
                assertEquals(503, server.send("HEAD", path).statusCode(), path);
            }
            assertEquals(before, server.readings.get(), "a document was made for nothing");
            String reply = RawClient.exchange(server.address(), "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertTrue(reply.contains("\r\nRetry-After: 1\r\n") && reply.contains("\r\nconnection: close\r\n"), reply);
            for (String path : List.of("/", "/healthz", "/readyz", "/api/v1/vassals/vassal-00001")) {
                assertEquals(200, server.get(path).statusCode(), path);
            }
            assertEquals(404, server.get("/nothing").statusCode());
        }
        Await.until(() -> isAnswered("/metrics"));
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndTheirPlacesComeBack() throws Exception {
        server = new TestServer(directory, new HttpLimits(LONG, LONG, LONG, 3, 1 << 20));
        List<RawClient> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RawClient client = new RawClient(server.address());
            client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
            client.readUntil("ok\n");
            held.add(client);
        }
        try (RawClient refused = new RawClient(server.address())) {
            assertEquals("", refused.readToEnd());
        }
        for (RawClient client : held) {
            client.close();
        }
        Await.until(() -> isAnswered("/healthz"));
    }

    private boolean isAnswered(String path) {
        try {
            return server.get(path).statusCode() == 200;
        } catch (IOException refused) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
