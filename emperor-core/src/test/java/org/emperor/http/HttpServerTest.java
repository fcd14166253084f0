package org.emperor.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.emperor.loop.RefusedFile;
import org.emperor.loop.SampleRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpServerTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(directory, TestServer.PATIENT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listOfVassalsTellsEveryKeyOfEveryVassal() throws Exception {
        JsonNode realm = MAPPER.readTree(server.get("/api/v1/vassals").body());
        assertEquals(MAPPER.readTree("""
                        {"name":"web@1","id":"web@1.ini","source":"/etc/vassals","state":"ready","loyal":true,
                         "edit_refused":false,"reason":"","incarnation":2,"pid":5001,"born":"2026-11-21T20:58:00Z",
                         "next_attempt":null,"launches":2,"failures":0,"deaths":1,
                         "oom_kills":1,
                         "last":{"code":null,"signal":9,"core":false,"oom_kills":1,"text":"signal 9 (out of memory)"},
                         "user":"www-data","uid":33,"gid":33,"labels":{"tier":"web"}}"""), realm.get("vassals").get(2));
        assertEquals(MAPPER.readTree("""
                        {"pid":4242,"version":"0.1.0","started":"2026-11-21T14:00:00Z","stopping":false,
                         "sources":["/etc/vassals"],"troubles":[],"capacity":30000,"turns":77,"launches":12,
                         "launch_failures":2,"deaths":9,"orphans":3,"defects":0}"""), realm.get("emperor"));
        assertEquals(MAPPER.readTree("""
                        [{"id":"<img src=x>.ini","file":"/etc/vassals/<img src=x>.ini","source":"/etc/vassals",
                          "problems":[{"file":"/etc/vassals/<img src=x>.ini","line":3,"column":8,"key":"exce",
                            "rule":"unknown key","remedy":"did you mean \\"exec\\"?",
                            "text":"/etc/vassals/<img src=x>.ini:3:8: exce: unknown key; did you mean \\"exec\\"?"}]}]"""), realm.get("refused"));
        assertFalse(Instant.parse(realm.get("time").asText()).isAfter(Instant.now()));
    }

    @Test
    void oneVassalIsFoundByItsEncodedNameAndAnUnknownOneIsNot() throws Exception {
        JsonNode found = MAPPER.readTree(server.get("/api/v1/vassals/web%401").body());
        assertEquals("web@1", found.get("vassal").get("name").asText());
        assertEquals(0, found.get("refused").size());

        for (String unknown : new String[] {"nobody", "web", "web@1.ini", "%2e%2e", "a%2fb", "x%00"}) {
            assertEquals(404, server.get("/api/v1/vassals/" + unknown).statusCode(), unknown);
        }
        assertEquals(
                "{\"error\":\"no such vassal\"}\n",
                server.get("/api/v1/vassals/nobody").body());
    }

    @Test
    void refusedFileIsFoundByTheNameItWouldHave() throws Exception {
        server.realm.set(SampleRealm.of(
                List.of(), List.of(new RefusedFile("api.ini", "/etc/vassals/api.ini", "/etc/vassals", List.of()))));
        JsonNode found = MAPPER.readTree(server.get("/api/v1/vassals/api").body());
        assertTrue(found.get("vassal").isNull());
        assertEquals("api.ini", found.get("refused").get(0).get("id").asText());
    }

    @Test
    void statsHaveTheKeysOfUwsgiInItsOrderAndThenOurOwn() throws Exception {
        String cwd = MAPPER.writeValueAsString(System.getProperty("user.dir"));
        server.realm.set(SampleRealm.of(SampleRealm.mixed().vassals().subList(0, 1), List.of()));
        assertEquals(
                "{\"version\":\"0.1.0\",\"pid\":4242,\"uid\":0,\"gid\":0,\"cwd\":" + cwd
                        + ",\"emperor\":[\"/etc/vassals\"],\"emperor_tyrant\":0,\"throttle_level\":0,\"vassals\":["
                        + "{\"id\":\"crasher.ini\",\"pid\":-1,\"born\":0,\"last_mod\":0,\"last_heartbeat\":0,\"loyal\":0,"
                        + "\"ready\":0,\"accepting\":0,\"last_loyal\":0,\"last_ready\":0,\"last_accepting\":0,"
                        + "\"first_run\":0,\"last_run\":0,\"cursed\":0,\"zerg\":0,\"on_demand\":\"\",\"uid\":0,\"gid\":0,"
                        + "\"monitor\":\"/etc/vassals\",\"respawns\":5,\"oom_kills\":0}],\"blacklist\":[{\"id\":\"crasher.ini\","
                        + "\"throttle_level\":3500,\"attempt\":6,\"first_attempt\":0,\"last_attempt\":0}]}\n",
                server.get("/stats").body());
    }

    @Test
    void statsTellWhoRunsAndIsLoyalAndReady() throws Exception {
        JsonNode web =
                MAPPER.readTree(server.get("/stats").body()).get("vassals").get(2);
        assertEquals(5001, web.get("pid").asInt());
        assertEquals(1, web.get("loyal").asInt());
        assertEquals(1, web.get("accepting").asInt());
        assertEquals(1795294680, web.get("born").asLong());
        assertEquals(1795294680, web.get("last_ready").asLong());
        assertEquals(1, web.get("respawns").asInt());
    }

    @Test
    void readinessFollowsTheLifeOfTheEmperor() throws Exception {
        assertEquals(200, server.get("/readyz").statusCode());
        server.realm.set(SampleRealm.stopping());
        assertEquals(503, server.get("/readyz").statusCode());
        assertEquals("stopping\n", server.get("/readyz").body());
        assertEquals(200, server.get("/healthz").statusCode());
    }

    @Test
    void metricsComeInTheFormatAskedFor() throws Exception {
        HttpResponse<String> page = server.get("/metrics", "Accept", "application/openmetrics-text");
        assertEquals(
                "application/openmetrics-text",
                page.headers().firstValue("content-type").orElseThrow());
        assertEquals("emperor_turns_total 77.0\n", page.body());
    }

    @Test
    void everyReplyForbidsFramingSniffingCachingAndOtherOrigins() throws Exception {
        for (String path : new String[] {"/", "/stats", "/nothing"}) {
            HttpResponse<String> reply = server.get(path, "Origin", "https://evil.example");
            var headers = reply.headers();
            assertTrue(
                    headers.firstValue("content-security-policy").orElseThrow().contains("default-src 'none'"));
            assertEquals("DENY", headers.firstValue("x-frame-options").orElseThrow());
            assertEquals("nosniff", headers.firstValue("x-content-type-options").orElseThrow());
            assertEquals("no-store", headers.firstValue("cache-control").orElseThrow());
            assertEquals(
                    "same-origin",
                    headers.firstValue("cross-origin-resource-policy").orElseThrow());
            assertEquals(Optional.empty(), headers.firstValue("access-control-allow-origin"));
        }
    }

    @Test
    void writingMethodsAreRefusedWithWhatIsAllowed() throws Exception {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"}) {
            HttpResponse<String> reply = server.send(method, "/api/v1/vassals/web@1");
            assertEquals(405, reply.statusCode(), method);
            assertEquals("GET, HEAD", reply.headers().firstValue("allow").orElseThrow());
        }
        assertEquals(404, server.send("POST", "/nothing").statusCode());
    }

    @Test
    void headHasTheLengthButNoBody() throws Exception {
        HttpResponse<String> get = server.get("/stats");
        HttpResponse<String> head = server.send("HEAD", "/stats");
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(get.headers().firstValue("content-length"), head.headers().firstValue("content-length"));
    }

    @Test
    void largeRealmArrivesWhole() throws Exception {
        server.close();
        HttpLimits roomy = new HttpLimits(
                Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofSeconds(5), 16, HttpLimits.USUAL.unsent());
        server = new TestServer(directory, roomy);
        server.realm.set(SampleRealm.large(10_000));
        JsonNode realm = MAPPER.readTree(server.get("/api/v1/vassals").body());
        assertEquals(10_000, realm.get("vassals").size());
    }

    @Test
    void sameRoutesAnswerOnTheSocketThatOnlyTheOwnerCanOpen() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(server.socket)));
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(server.socket));
            channel.write(ByteBuffer.wrap("GET /healthz HTTP/1.1\r\nHost: emperor\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer reply = ByteBuffer.allocate(4096);
            while (channel.read(reply) >= 0) {
                assertTrue(reply.hasRemaining(), "more than a page");
            }
            String text = new String(reply.array(), 0, reply.position(), StandardCharsets.US_ASCII);
            assertTrue(text.startsWith("HTTP/1.1 200 OK\r\n") && text.endsWith("\r\n\r\nok\n"), text);
        }
    }

    @Test
    void closingRemovesTheSocketAndFreesTheAddress() throws Exception {
        InetSocketAddress address = server.address();
        server.close();
        assertFalse(Files.exists(server.socket));
        assertThrows(ConnectException.class, () -> RawClient.exchange(address, ""));
    }

    @Test
    void closingClosesTheConnectionsOfItsClients() throws Exception {
        try (RawClient client = new RawClient(server.address())) {
            client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
            client.readUntil("ok\n");
            server.close();
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void socketFileLeftByADeadEmperorIsReplaced() throws Exception {
        server.close();
        Files.createFile(server.socket);
        server = new TestServer(directory, TestServer.PATIENT);
        assertEquals(List.of(), server.server.troubles());
        assertEquals(200, server.get("/healthz").statusCode());
    }

    @Test
    void takenAddressIsATroubleThatEndsWhenTheAddressIsFree() throws Exception {
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpAddress taken = new HttpAddress("127.0.0.1", other.getLocalPort());
        Path second = Files.createDirectory(directory.resolve("second"));
        try (TestServer late = new TestServer(second, TestServer.PATIENT, taken)) {
            assertEquals(Optional.empty(), late.server.address());
            assertEquals(1, late.server.troubles().size());
            assertTrue(late.server.troubles().get(0).startsWith("cannot listen for HTTP on /127.0.0.1:"));
            assertTrue(Files.exists(late.socket), "the socket does not wait for TCP");
            other.close();
            Await.until(() -> late.server.troubles().isEmpty());
            assertEquals(200, late.get("/healthz").statusCode());
        } finally {
            other.close();
        }
    }

    @Test
    void troubleOfTheListenersIsShownWithThoseOfTheSources() throws IOException {
        byte[] document = RealmJson.all(
                SampleRealm.troubled("cannot read /etc/vassals"), List.of("cannot listen"), Instant.ofEpochSecond(0));
        assertEquals(
                "[\"cannot read /etc/vassals\",\"cannot listen\"]",
                MAPPER.readTree(document).get("emperor").get("troubles").toString());
    }
}
