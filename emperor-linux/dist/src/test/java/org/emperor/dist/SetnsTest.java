package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Namespaces given away and joined: between vassals, to and from a real uWSGI, and with peers that talk nonsense. */
@Tag("kernel")
@SuppressWarnings("try") // what runs meanwhile is not named again
class SetnsTest {
    private static final String FIVE = "clone = fs,net,ipc,uts,pid";
    private static final List<String> CLONED = List.of("mnt", "net", "ipc", "uts", "pid");
    private static final Path UWSGI = Path.of("/usr/bin/uwsgi-core");

    /** Says what one message and its descriptors were, and whether the stream then ended. */
    private static final String CLIENT = """
            import array, os, socket, struct, sys
            s = socket.socket(socket.AF_UNIX)
            a = sys.argv[1]
            s.connect(a if a[0] != '@' else '\\0' + a[1:] + '\\0')
            data, control, flags, _ = s.recvmsg(4096, 4096)
            fds = array.array('i')
            for level, kind, content in control:
                assert (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS)
                fds.frombytes(content)
            print(data[:11].decode(), struct.unpack('=i', data[11:])[0], len(control), s.recv(1) == b'')
            print(' '.join(os.readlink('/proc/self/fd/%d' % fd) for fd in fds))
            """;

    /** Listens, and treats each client in a way that its second argument names. */
    private static final String SERVER = """
            import array, os, socket, struct, sys, time
            s = socket.socket(socket.AF_UNIX)
            s.bind(sys.argv[1] + '.new')
            s.listen(100)
            os.rename(sys.argv[1] + '.new', sys.argv[1])
            def rights(fds):
                return [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', fds))]
            net = os.open('/proc/self/ns/net', os.O_RDONLY)
            while True:
                c, _ = s.accept()
                way = sys.argv[2]
                if way == 'garbage':
                    c.send(b'HTTP/1.1 400 Bad Request')
                elif way == 'short':
                    c.send(b'uwsgi')
                elif way == 'bare':
                    c.send(b'uwsgi-setns' + struct.pack('=i', 1))
                elif way == 'file':
                    c.sendmsg([b'uwsgi-setns' + struct.pack('=i', 2)], rights([net, os.open('/dev/null', 0)]))
                elif way == 'silent':
                    time.sleep(3600)
                c.close()
            """;

    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static String at(String name) {
        return emperor.place().path().resolve(name).toString();
    }

    private static String report() {
        return "exec = " + emperor.probe("report", "stay");
    }

    private static void give(String vassal, String... lines) {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("exec = " + emperor.probe("stay"), FIVE, "hostname = " + vassal),
                        java.util.stream.Stream.of(lines))
                .toArray(String[]::new);
        emperor.drop(vassal, all);
        emperor.untilRunning(vassal);
    }

    private static String namespace(String vassal, String name) {
        return Host.link(emperor.pid(vassal), "ns/" + name);
    }

    @Test
    void whatFollowsTheEndRunsInAJoinedProcessNamespaceToo() {
        give("leader", "setns-socket = " + at("leader.setns"));
        emperor.drop(
                "follower",
                "exec = /bin/sleep 1000",
                "setns = " + at("leader.setns"),
                "stop-grace = 20s",
                "uid = www-data",
                "exec-as-user-atexit = id -un",
                "exec-as-user-atexit = hostname");
        emperor.untilRunning("follower");
        emperor.remove("follower");

        emperor.untilGone("follower");
        emperor.untilSaid("follower", "www-data");
        emperor.untilSaid("follower", "leader");
        emperor.untilLogged("ended as asked vassal=follower");
        assertFalse(emperor.logged("does not end, killing it vassal=follower"));
        emperor.dismiss("leader");
    }

    @Test
    void vassalIsInAllNamespacesThatAnotherGivesAway() {
        give("giver", "setns-socket = " + at("giver.setns"));
        emperor.drop("taker", report(), "setns = " + at("giver.setns"), "clone = pid,cgroup", "uid = www-data");
        Report report = emperor.report("taker");

        for (String name : CLONED) {
            assertEquals(namespace("giver", name), report.namespaces().get(name), name);
        }
        assertNotEquals(
                namespace("giver", "cgroup"), report.namespaces().get("cgroup"), "clone counts for what is not given");
        assertEquals("giver", report.text("hostname"));
        assertEquals(List.of("33", "33", "33"), report.list("uids"));
        assertEquals(List.of("0", "1", "2"), report.list("fds"));
        emperor.untilRunning("taker");
        assertTrue(Host.text(emperor.pid("taker"), "cgroup").contains("/taker."), "its leaf is its own");
        emperor.dismiss("taker");
        assertTrue(Host.isAlive(emperor.pid("giver")), "who is joined goes on");
        emperor.dismiss("giver");
    }

    @Test
    void userNamespaceIsJoinedTooWhereItIsGiven() {
        emperor.drop(
                "mapped",
                "exec = " + emperor.probe("stay"),
                FIVE + ",user",
                "setns-socket = @" + at("mapped"),
                "setns-socket-user = true");
        emperor.untilRunning("mapped");
        emperor.drop("inmate", report(), "setns = @" + at("mapped"));
        Report report = emperor.report("inmate");

        assertEquals(namespace("mapped", "user"), report.namespaces().get("user"));
        for (String name : CLONED) {
            assertEquals(namespace("mapped", name), report.namespaces().get(name), name);
        }
        assertEquals(List.of("0", "0", "0"), report.list("uids"));
        assertEquals(
                Host.text(emperor.pid("mapped"), "uid_map").strip(),
                report.list("uid_map").get(0).strip());
        emperor.dismiss("inmate", "mapped");
    }

    @Test
    void cloneStillCountsForWhatIsSkipped() {
        give("miser", "setns-socket = " + at("miser.setns"), "setns-socket-skip = net", "setns-skip = uts");
        emperor.drop("guest", report(), "setns = " + at("miser.setns"), "clone = net");
        Report report = emperor.report("guest");

        assertEquals(namespace("miser", "mnt"), report.namespaces().get("mnt"));
        assertNotEquals(namespace("miser", "net"), report.namespaces().get("net"));
        assertNotEquals(Host.link(emperor.pid(), "ns/net"), report.namespaces().get("net"));
        assertEquals(Host.link(emperor.pid(), "ns/uts"), report.namespaces().get("uts"));
        emperor.dismiss("guest", "miser");
    }

    @Test
    void whatIsSentIsUwsgisFormatToTheByte() {
        give("server", "setns-socket = " + at("server.setns"));
        give("opened", "setns-socket = @" + at("opened"), "setns-preopen = true");
        for (List<String> each :
                List.of(List.of("server", at("server.setns")), List.of("opened", "@" + at("opened")))) {
            String vassal = each.get(0);
            List<String> said =
                    Host.run(Script.python(CLIENT, each.get(1))).lines().toList();
            List<String> expected = List.of("net", "uts", "ipc", "pid", "pid", "mnt", "cgroup", "time", "time").stream()
                    .map(name -> namespace(vassal, name))
                    .toList();
            assertEquals("uwsgi-setns 9 1 True", said.get(0));
            assertEquals(String.join(" ", expected), said.get(1));
        }
        emperor.dismiss("server", "opened");
    }

    @Test
    void socketHasItsModeAndOwnerAndGoesWithTheJail() throws IOException {
        Path socket = Path.of(at("owned.setns"));
        give("owned", "setns-socket = " + socket, "setns-socket-mode = 0660", "setns-socket-owner = 33:4242");

        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        assertEquals(33, Files.getAttribute(socket, "unix:uid"));
        assertEquals(4242, Files.getAttribute(socket, "unix:gid"));
        String before = namespace("owned", "net");
        emperor.place().touch("owned");
        emperor.untilRunning("owned", 2);
        String after = Host.run(Script.python(CLIENT, socket.toString()));
        assertTrue(after.contains(namespace("owned", "net")) && !after.contains(before), "the new jail's: " + after);
        emperor.dismiss("owned");
        assertTrue(Files.notExists(socket));
    }

    @Test
    void addressThatIsTakenIsRefusedAndLeftAlone() throws IOException {
        Path file = Files.writeString(Path.of(at("file.setns")), "kept");
        refused("unlucky", "listen at " + file + ": bind " + file + ": EADDRINUSE", "setns-socket = " + file);
        assertEquals("kept", Files.readString(file));

        give("first", "setns-socket = " + at("first.setns"));
        refused("second", "EADDRINUSE", "setns-socket = " + at("first.setns"));
        assertTrue(Host.run(Script.python(CLIENT, at("first.setns"))).contains(namespace("first", "net")));
        emperor.dismiss("first");
    }

    @Test
    void socketThatNobodyListensOnAnyMoreIsReplaced() {
        Host.run(Script.python("import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])", at("old.setns")));
        give("heir", "setns-socket = " + at("old.setns"));
        assertTrue(Host.run(Script.python(CLIENT, at("old.setns"))).startsWith("uwsgi-setns 9"));
        emperor.dismiss("heir");
    }

    /** It waits for its next attempt with that reason, and nothing of the attempt stays. */
    private static void refused(String vassal, String reason, String... lines) {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(report()), java.util.stream.Stream.of(lines))
                .toArray(String[]::new);
        emperor.drop(vassal, all);
        emperor.untilShown(vassal, "waiting because " + reason, shown -> isWaiting(shown, reason));
        assertEquals(List.of(), emperor.place().output(vassal));
        emperor.dismiss(vassal);
    }

    private static boolean isWaiting(JsonNode shown, String reason) {
        return shown.get("state").textValue().equals("waiting")
                && shown.get("reason").textValue().contains(reason)
                && shown.get("next_attempt").isTextual();
    }

    @Test
    void peersThatAreAbsentSilentOrTalkNonsenseAreTold() {
        refused("lonely", "step setns/1 connect " + at("nobody") + ": ENOENT", "setns = " + at("nobody"));
        refused("lost", "step setns/1 connect @" + at("nobody") + ": ECONNREFUSED", "setns = @" + at("nobody"));
        refusedBy("close", "hung up without giving any");
        refusedBy("garbage", "does not speak the setns protocol");
        refusedBy("short", "does not speak the setns protocol");
        refusedBy("bare", "gave none");
        refusedBy("file", "gave a descriptor that is no namespace");
        refusedBy("silent", "has said nothing for 10 s");
    }

    private static void refusedBy(String way, String reason) {
        String socket = at(way + ".sock");
        try (Script server = Script.begin(Script.python(SERVER, socket, way))) {
            Await.until("the " + way + " peer listens", () -> Files.exists(Path.of(socket)));
            refused(
                    way,
                    "step setns/1 get namespaces from " + socket + ": its other end " + reason,
                    "setns = " + socket);
        }
    }

    /** Whoever rules what is joined rules the program. */
    @Test
    void socketOfAnotherUserIsNotTrusted() {
        String name = at("stranger");
        try (Script server = Script.begin(Script.python("""
                import os, socket, sys, time
                os.setgid(65534)
                os.setuid(65534)
                s = socket.socket(socket.AF_UNIX)
                s.bind('\\0' + sys.argv[1] + '\\0')
                s.listen()
                time.sleep(3600)
                """, name))) {
            Await.until("the stranger listens", () -> isListened("@" + name + "@"));
            refused(
                    "gullible",
                    "step setns/1 get namespaces from @" + name
                            + ": its other end is user 65534, and neither root nor the emperor's own",
                    "setns = @" + name);
        }
    }

    /** By the flag __SO_ACCEPTCON of proc_net_unix(5), where each NUL of an abstract address is an @. */
    private static boolean isListened(String address) {
        return Host.text((int) ProcessHandle.current().pid(), "net/unix")
                .lines()
                .anyMatch(line -> line.endsWith(address) && line.contains(" 00010000 "));
    }

    @Test
    void stopDoesNotWaitForASilentPeer() {
        String socket = at("mute.sock");
        try (Script server = Script.begin(Script.python(SERVER, socket, "silent"))) {
            Await.until("the peer listens", () -> Files.exists(Path.of(socket)));
            emperor.drop("patient", report(), "setns = " + socket);
            emperor.untilState("patient", "starting");
            long begun = System.nanoTime();
            emperor.dismiss("patient");
            assertTrue(System.nanoTime() - begun < 8_000_000_000L, "before its patience of 10 s ended");
        }
    }

    @Test
    void clientsThatTalkNonsenseHarmNobodyAndNoDescriptorStays() {
        give("calm", "setns-socket = " + at("calm.setns"));
        Host.run(Script.python(CLIENT, at("calm.setns")));
        int before = Host.descriptors(emperor.pid());
        Host.run(Script.python("""
                import socket, sys
                held = []
                for i in range(500):
                    s = socket.socket(socket.AF_UNIX)
                    s.connect(sys.argv[1])
                    try:
                        if i % 3 == 0:
                            s.send(b'\\xff' * 70000)
                        elif i % 3 == 1:
                            s.close()
                        else:
                            held.append(s)
                    except OSError:
                        pass
                """, at("calm.setns")));
        assertTrue(Host.run(Script.python(CLIENT, at("calm.setns"))).startsWith("uwsgi-setns 9"));
        emperor.until("its descriptors are as before", () -> Host.descriptors(emperor.pid()) <= before);
        emperor.dismiss("calm");
    }

    @Test
    void descriptorsOfTheEmperorAreBackWhereTheyWereOnceAllIsDone() {
        give("warm", "setns-socket = " + at("warm.setns"), "setns-preopen = true");
        emperor.dismiss("warm");
        int before = Host.descriptors(emperor.pid());
        give("again", "setns-socket = " + at("again.setns"), "setns-preopen = true");
        emperor.drop("aide", report(), "setns = " + at("again.setns"));
        emperor.report("aide");
        emperor.dismiss("aide", "again");
        emperor.until("its descriptors are as before", () -> Host.descriptors(emperor.pid()) <= before);
    }

    @Test
    void pidNamespaceNeedsAChildToBeIn() {
        give("host", "setns-socket = " + at("host.setns"));
        refused("childless", "init = none has no child", "setns = " + at("host.setns"), "init = none");
        emperor.dismiss("host");
    }

    private static void needUwsgi() {
        Assumptions.assumeTrue(Files.isExecutable(UWSGI), "needs uwsgi-core");
    }

    @Test
    void realUwsgiJoinsOurJail() throws IOException {
        needUwsgi();
        give("castle", "setns-socket = " + at("castle.setns"));
        Path told = Path.of(at("told"));
        String links = "/proc/self/ns/" + String.join(" /proc/self/ns/", CLONED);
        String tell = "(hostname; readlink " + links + ") >>" + told; // uWSGI that stays root does so more than once
        List<String> words = List.of(
                UWSGI.toString(), "--setns", at("castle.setns"), "--socket", at("u.sock"), "--exec-as-root", tell);
        try (Script uwsgi = Script.begin(words)) {
            emperor.until("uWSGI tells where it is", () -> lines(told).size() > CLONED.size());
            assertEquals("castle", lines(told).get(0));
            for (int i = 0; i < CLONED.size(); i++) {
                assertEquals(namespace("castle", CLONED.get(i)), lines(told).get(1 + i));
            }
        }
        emperor.dismiss("castle");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void vassalJoinsARealUwsgi() {
        needUwsgi();
        String socket = at("real.setns");
        List<String> words = List.of(
                UWSGI.toString(),
                "--master",
                "--unshare",
                "fs,net,ipc,uts",
                "--hook-post-jail",
                "hostname:realuwsgi",
                "--setns-socket",
                socket,
                "--setns-socket-skip",
                "user",
                "--socket",
                at("r.sock"));
        try (Script uwsgi = Script.begin(words)) {
            Await.until("uWSGI listens", () -> Files.exists(Path.of(socket)));
            emperor.drop("visitor", report(), "setns = " + socket);
            Report report = emperor.report("visitor");

            assertEquals("realuwsgi", report.text("hostname"));
            int master = uwsgi.pid();
            for (String name : List.of("mnt", "net", "ipc", "uts")) {
                assertEquals(
                        Host.link(master, "ns/" + name), report.namespaces().get(name), name);
                assertNotEquals(
                        Host.link(emperor.pid(), "ns/" + name),
                        report.namespaces().get(name),
                        name);
            }
            emperor.dismiss("visitor");
        }
    }
}
