package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How programs end, as told through jail-init, and which signals reach them. */
@Tag("kernel")
class EndingTest {
    private static final List<Integer> CODES = List.of(0, 1, 127, 128, 129, 137, 143, 255);
    private static final List<Integer> SIGNALS = List.of(1, 2, 6, 9, 11, 13, 14, 15, 31, 34, 64);

    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static JsonNode lastOf(String vassal) {
        emperor.untilShown(
                vassal,
                "after a death",
                shown -> shown.get("last").isObject() && shown.get("deaths").intValue() > 0);
        return emperor.shown(vassal).get("last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pid", "fs,net,ipc,uts,pid"})
    void everyExitCodeIsToldExactly(String clone) {
        CODES.forEach(code -> emperor.drop("code" + code, program("exit:" + code, "resident", clone)));

        for (int code : CODES) {
            JsonNode last = lastOf("code" + code);
            assertEquals(code, last.get("code").asInt(-1), last.toString());
            assertTrue(last.get("signal").isNull(), "a code above 128 is no signal");
            assertEquals("exit code " + code, last.get("text").textValue());
        }
        emperor.dismiss(CODES.stream().map(code -> "code" + code).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fs,net,ipc,uts,pid"})
    void everySignalIsToldExactly(String clone) {
        SIGNALS.forEach(signal -> emperor.drop("signal" + signal, program("raise:" + signal, "resident", clone)));

        for (int signal : SIGNALS) {
            JsonNode last = lastOf("signal" + signal);
            assertEquals(signal, last.get("signal").asInt(-1), last.toString());
            assertTrue(last.get("code").isNull(), "a signal is no exit code");
        }
        emperor.dismiss(SIGNALS.stream().map(signal -> "signal" + signal).toArray(String[]::new));
    }

    @Test
    void coreDumpIsTold() {
        emperor.drop(
                "core",
                "exec = " + emperor.probe("raise:6"),
                "chdir = " + emperor.place().path());
        emperor.drop(
                "nocore",
                "exec = " + emperor.probe("raise:15"),
                "chdir = " + emperor.place().path());

        assertTrue(lastOf("core").get("core").booleanValue());
        assertEquals("signal 6 (core dumped)", lastOf("core").get("text").textValue());
        assertEquals(false, lastOf("nocore").get("core").booleanValue());
        emperor.dismiss("core", "nocore");
    }

    @Test
    void statusesWithoutInitAreToldToo() {
        emperor.drop("bare", program("exit:3", "none", ""));
        emperor.drop("alone", program("exit:4", "none", "pid"));

        assertEquals(3, lastOf("bare").get("code").intValue());
        assertEquals(4, lastOf("alone").get("code").intValue());
        emperor.dismiss("bare", "alone");
    }

    @Test
    void childrenOfADeadProgramEndWithIt() {
        emperor.drop("family", program("drift exit:5", "resident", ""));
        assertEquals(5, lastOf("family").get("code").intValue());
        emperor.remove("family");
        emperor.untilGone("family");

        Await.until(
                "nobody of its lives is left", () -> emperor.place().jailed().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pid"})
    void initReapsTheOrphansOfItsJail(String clone) {
        String vassal = "orphaning" + clone.length();
        emperor.drop(vassal, program("orphans:300 stay", "resident", clone));
        emperor.untilSaid(vassal, "orphaned");
        emperor.untilRunning(vassal);
        int init = emperor.init(vassal);

        Await.until("only the program is left", () -> childrenOf(init).equals(List.of(emperor.pid(vassal))));
        emperor.dismiss(vassal);
    }

    private static List<Integer> childrenOf(int parent) {
        return Host.processes(pid ->
                Host.field(pid, "PPid").filter(Integer.toString(parent)::equals).isPresent());
    }

    @Test
    void emperorReapsAndCountsTheOrphansOfProgramsWithoutInit() {
        int before = orphans();
        emperor.drop("littering", program("orphans:20 stay", "none", ""));
        emperor.untilSaid("littering", "orphaned");

        emperor.until("20 orphans are counted", () -> orphans() >= before + 20);
        emperor.untilRunning("littering");
        assertEquals(0, emperor.shown("littering").get("deaths").intValue(), "none of them was taken for the vassal");
        emperor.dismiss("littering");
    }

    private static int orphans() {
        return emperor.api().get("emperor").get("orphans").intValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pid", "fs,net,ipc,uts,pid"})
    void initForwardsEverySignalToTheProgram(String clone) {
        String vassal = "heeding" + clone.length();
        emperor.drop(vassal, program("heed stay", "resident", clone));
        emperor.untilSaid(vassal, "heeding");
        emperor.untilRunning(vassal);
        int init = emperor.init(vassal);
        assertEquals("jail-init", Host.arguments(init).get(0));

        // Not KILL, STOP, and CHLD, which is about jail-init's own children.
        List<Integer> signals = IntStream.rangeClosed(1, 64)
                .filter(signal -> !List.of(9, 15, 17, 19, 32, 33).contains(signal))
                .boxed()
                .toList();
        for (int signal : signals) {
            Host.signal(Integer.toString(signal), init);
            emperor.untilSaid(vassal, "heard " + signal);
        }
        assertEquals(
                Stream.concat(Stream.of("heeding"), signals.stream().map(signal -> "heard " + signal))
                        .toList(),
                emperor.place().output(vassal),
                "each once");
        emperor.remove(vassal);
        emperor.untilSaid(vassal, "heard 15");
        emperor.untilGone(vassal);
        emperor.untilLogged("ended as asked vassal=" + vassal, "exit=0");
    }

    @Test
    void stopSignalIsTheOneOfTheFile() {
        emperor.drop("quitting", program("heed stay", "resident", ""), "stop-signal = QUIT", "stop-grace = 300ms");
        emperor.untilSaid("quitting", "heeding");
        emperor.remove("quitting");

        emperor.untilSaid("quitting", "heard 3");
        emperor.untilGone("quitting");
        emperor.untilLogged("does not end, killing it vassal=quitting");
        emperor.untilLogged("ended as asked vassal=quitting", "signal=9");
    }

    @Test
    void programWithoutInitIsPidOneItself() {
        emperor.drop("first", program("report heed stay", "none", "fs,net,ipc,uts,pid"));
        Report report = emperor.report("first");

        assertEquals(1, report.number("pid"));
        assertEquals(0, report.number("ppid"));
        assertEquals(List.of("1"), report.list("processes"));
        assertEquals(List.of("0", "1", "2"), report.list("fds"));
        emperor.untilRunning("first");
        assertEquals(emperor.pid(), Host.parent(emperor.pid("first")), "the emperor's own child");
        emperor.untilSaid("first", "heeding");
        emperor.remove("first");
        emperor.untilGone("first");
        emperor.untilLogged("ended as asked vassal=first", "exit=0");
    }

    @Test
    void pidOneThatDoesNotHeedIsKilledAfterItsGrace() {
        emperor.drop("deaf", program("report stay", "none", "pid"), "stop-grace = 200ms");
        emperor.report("deaf");
        emperor.untilRunning("deaf");
        emperor.remove("deaf");

        emperor.untilGone("deaf");
        emperor.untilLogged("does not end, killing it vassal=deaf");
    }

    @Test
    void whatFollowsTheEndRunsWhenAVassalIsStopped() {
        emperor.drop(
                "tidy",
                program("heed stay", "resident", "fs,net,ipc,uts,pid"),
                "uid = nobody",
                "hook-as-user-atexit = print:tidied",
                "exec-as-user-atexit = id -un; false");
        emperor.untilRunning("tidy");
        emperor.remove("tidy");

        emperor.untilGone("tidy");
        emperor.untilLogged("ended as asked vassal=tidy", "exit=0");
        emperor.untilSaid("tidy", "tidied");
        emperor.untilSaid("tidy", "nobody");
        emperor.untilSaid("tidy", "emperor: cannot run \"id -un; false\" after the program's end: exit code 1");
    }

    @Test
    void whatFollowsTheEndAndDoesNotEndItselfIsKilledAfterTheGrace() {
        emperor.drop(
                "long",
                program("heed stay", "resident", "pid"),
                "stop-grace = 300ms",
                "exec-as-user-atexit = echo begun; sleep 1000");
        emperor.untilRunning("long");
        emperor.remove("long");

        emperor.untilSaid("long", "begun");
        emperor.untilGone("long");
        emperor.untilLogged("does not end, killing it vassal=long");
    }

    private static String program(String words, String init, String clone) {
        String jail = "init = " + init + (clone.isEmpty() ? "" : "\nclone = " + clone);
        return "exec = " + emperor.probe(words) + "\n" + jail + "\nchdir = "
                + emperor.place().path(); // for core dumps
    }
}
