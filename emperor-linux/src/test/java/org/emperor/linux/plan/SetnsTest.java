package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.emperor.jail.IdRange;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanEncoder;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Seat;
import org.emperor.jail.Step;
import org.emperor.lang.Problem;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;

/** Namespaces given and taken, as far as files and plans go. */
class SetnsTest {
    private static final int RECEIVED = 40; // plan.h
    private static final String TAKER = "[vassal]\nexec = /bin/app\nsetns = /run/web.setns\n";

    private static JailPlan plan(String ini, String... joined) {
        Seat seat = new Seat(
                new IncarnationId(new VassalName("api"), 1),
                Path.of("/run/emperor"),
                "01234567",
                new IdRange(100_000, 65536),
                false,
                "",
                List.of(joined));
        return LinuxPlanner.plan(TestHost.spec(ini), TestHost.UNIFIED.toFacts(), seat);
    }

    private static List<String> init(JailPlan plan) {
        return plan.init().stream().map(Step::object).toList();
    }

    private static List<String> problems(String... lines) {
        VassalSpec spec = TestHost.spec("[vassal]\nexec = /bin/app\n" + String.join("\n", lines) + "\n");
        return LinuxPlanner.check(spec, TestHost.UNIFIED.toFacts()).stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void namespacesAreJoinedBeforeAnythingElseAndRightsFirst() {
        List<String> init = init(plan(TAKER, "net", "user", "pid"));
        assertEquals("drop the groups", init.get(0));
        assertEquals("join namespace user", init.get(1));
        assertEquals("become group 0 of the user namespace", init.get(2));
        assertTrue(init.indexOf("join namespace net") < init.indexOf("join namespace pid"), init.toString());
    }

    @Test
    void whatIsJoinedIsNotMadeOrArranged() {
        JailPlan plan = plan(TAKER + "clone = fs,net,pid\n", "mnt", "net", "pid");
        assertEquals(0, plan.cloneFlags());
        String text = plan.toString();
        for (String absent : List.of("MS_PRIVATE", "\"proc\"", "SIOCSIFFLAGS", "CLONE_NEWNET|")) {
            assertFalse(text.contains(absent), absent + " in\n" + text);
        }
    }

    @Test
    void whatIsNotGivenIsStillMade() {
        JailPlan plan = plan(TAKER + "clone = net,uts\n", "uts");
        assertEquals(Namespace.NET.flag(), plan.cloneFlags());
    }

    @Test
    void oneMoreDescriptorComesForEachNamespace() {
        byte[] bytes = PlanEncoder.encode(plan(TAKER, "net", "pid"));
        int received = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(RECEIVED);
        assertEquals(5 + 2, received);
    }

    @Test
    void grantIsOnlyForWhoAsks() {
        assertFalse(plan("[vassal]\nexec = /bin/app\nclone = net\n", "net")
                .toString()
                .contains("setns"));
    }

    @Test
    void whatCannotGoTogetherIsRefused() {
        refuses("init = none", TAKER + "init = none\n", "pid");
        refuses("no rights over those of clone", TAKER + "clone = fs\n", "user");
        refuses("would rename", TAKER + "clone = uts\nhostname = x\n", "uts");
    }

    private static void refuses(String why, String ini, String... joined) {
        String message =
                assertThrows(PlanRefusal.class, () -> plan(ini, joined)).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void joinedPidNamespaceNeedsALeafToFindItsVassalIn() {
        Seat seat = Seat.preview(new VassalName("api"), Path.of("/run/emperor"));
        assertThrows(PlanRefusal.class, () -> LinuxPlanner.plan(TestHost.spec(TAKER), TestHost.BARE.toFacts(), seat));
    }

    @Test
    void offerIsWhatTheFileSays() {
        VassalSpec spec = TestHost.spec("""
                [vassal]
                exec = /bin/app
                setns-socket = /run/web.setns
                setns_socket_skip = net
                setns-skip = uts
                setns-socket-mode = 0660
                setns-socket-owner = 1000:1001
                setns-preopen = true
                """);
        assertEquals(
                Optional.of(new NamespaceOffer("/run/web.setns", 0660, 1000, 1001, Set.of("net", "uts", "user"), true)),
                LinuxPlanner.offers(spec));
        assertEquals(Optional.empty(), LinuxPlanner.joins(spec));
        assertEquals(Optional.of("/run/web.setns"), LinuxPlanner.joins(TestHost.spec(TAKER)));
        assertEquals(Optional.empty(), LinuxPlanner.offers(TestHost.spec("[vassal]\nexec = /bin/app\n")));
    }

    @Test
    void namespacesAreGivenInTheOrderOfTheDirectoryButRightsFirst() {
        List<String> there = List.of("net", "uts", "pid", "user", "mnt");
        assertEquals(List.of("net", "uts", "pid", "mnt"), offer("user").given(there));
        assertEquals(List.of("user", "net", "uts", "mnt"), offer("pid").given(there));
    }

    private static NamespaceOffer offer(String... skipped) {
        return new NamespaceOffer("@web", 0600, -1, -1, Set.of(skipped), false);
    }

    @Test
    void wrongValuesAreToldWithTheirPlace() {
        assertEquals(
                List.of(
                        "api.ini:3:9: setns: is neither an absolute path nor @ and a name; write /run/NAME.setns or @NAME",
                        "api.ini:4:16: setns-socket: is longer than the 107 bytes of a socket's address; shorten it",
                        "api.ini:5:21: setns-socket-skip: no namespace \"typo\"; known are the names in /proc/self/ns",
                        "api.ini:6:22: setns-socket-owner: an owner is given by numbers; write UID or UID:GID"),
                problems(
                        "setns = relative",
                        "setns-socket = /" + "x".repeat(107),
                        "setns-socket-skip = typo",
                        "setns-socket-owner = www-data"));
        assertEquals(1, problems("setns = @").size());
        assertEquals(List.of(), problems("setns = @x", "setns-socket = /" + "x".repeat(106)));
    }

    @Test
    void keysOfASocketWithoutOneAreRefused() {
        Stream.of("setns-preopen = true", "setns-socket-skip = net", "setns-socket-mode = 0600")
                .forEach(line -> {
                    List<String> problems = problems(line);
                    assertEquals(1, problems.size(), line);
                    assertTrue(problems.get(0).contains("counts only beside setns-socket; add setns-socket"), line);
                });
    }

    @Test
    void emperorThatIsNotRootRefusesBoth() {
        for (String line : List.of("setns = @x", "setns-socket = @x")) {
            List<Problem> problems = LinuxPlanner.check(
                    TestHost.spec("[vassal]\nexec = /bin/app\n" + line + "\n"), TestHost.NOT_ROOT.toFacts());
            assertEquals(1, problems.size());
            assertTrue(problems.get(0).toString().contains("needs an emperor that runs as root"), line);
        }
    }
}
