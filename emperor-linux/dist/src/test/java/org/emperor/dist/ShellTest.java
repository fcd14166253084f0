package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code emperor shell} on a terminal: what is typed gets there, and the caller's terminal is as it was afterwards. */
@Tag("kernel")
class ShellTest {
    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
        emperor.drop(
                "five",
                "exec = " + emperor.probe("stay"),
                "clone = fs,net,ipc,uts,pid",
                "hostname = castle",
                "uid = www-data");
        emperor.drop("mapped", "exec = " + emperor.probe("stay"), "clone = fs,net,ipc,uts,pid,user,cgroup");
        Path profile = emperor.place().path().resolve("profile.json");
        emperor.place()
                .write(
                        profile,
                        "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdir\",\"mkdirat\"],"
                                + "\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":75}]}");
        emperor.drop(
                "bound",
                "exec = /bin/sleep 1000",
                "uid = www-data",
                "clone = fs,pid",
                "seccomp = " + profile,
                "landlock = ro:/",
                "landlock = rw:/dev",
                "landlock = rw:/var/tmp");
        emperor.untilRunning("five", "mapped", "bound");
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static Visitor onTerminal(String before, String after, String vassal) {
        String words = Visitor.command(emperor, "shell", vassal).stream()
                .map(word -> "'" + word + "'")
                .reduce((one, two) -> one + " " + two)
                .orElseThrow();
        List<String> line = List.of("script", "-qec", before + "; " + words + "; " + after, "/dev/null");
        return Visitor.begin(emperor, line, Map.of("SHELL", "/bin/sh"));
    }

    /** What stty(1) printed before and after is the same. */
    private static void assertRestored(Visitor visit) {
        List<String> settings = visit.said()
                .lines()
                .filter(text -> text.matches("([0-9a-f]+:){10,}.*"))
                .toList();
        assertEquals(2, settings.size(), visit::said);
        assertEquals(settings.get(0), settings.get(1));
    }

    @Test
    void shellIsOnATerminalOfTheCallersSizeAndLeavesTheCallersAsItWas() {
        try (Visitor visit = onTerminal("stty rows 33 cols 77; stty -g", "echo code $?; stty -g", "five")) {
            visit.type("stty size; id -u; hostname; echo PID=$$\n");
            visit.untilSaid("33 77\n33\ncastle\nPID=");
            Await.until("the caller's terminal is raw", () -> rawTerminal(visit));
            visit.type("exit 5\n");
            assertEquals(0, visit.exitCode());
            visit.untilSaid("code 5");
            assertRestored(visit);
        }
    }

    /** The emperor's terminal below script(1), by its descriptor. */
    private static String terminal(Visitor visit) {
        return Host.processes(pid -> Host.arguments(pid).contains("shell") && isBelow(pid, visit.pid())).stream()
                .map(pid -> Host.link(pid, "fd/0"))
                .filter(link -> link.startsWith("/dev/pts/"))
                .findFirst()
                .orElse("");
    }

    private static boolean isBelow(int pid, int ancestor) {
        return pid == ancestor
                || Host.field(pid, "PPid")
                        .filter(parent -> !parent.equals("0") && isBelow(Integer.parseInt(parent), ancestor))
                        .isPresent();
    }

    private static boolean rawTerminal(Visitor visit) {
        String terminal = terminal(visit);
        return !terminal.isEmpty()
                && Host.run(List.of("stty", "-F", terminal, "-a")).contains("-icanon");
    }

    @Test
    void windowThatChangesItsSizeDoesSoInsideToo() {
        try (Visitor visit = onTerminal("stty rows 33 cols 77", "true", "five")) {
            visit.type("stty size\n");
            visit.untilSaid("33 77");
            Host.run(List.of("stty", "-F", terminal(visit), "rows", "44", "cols", "111"));
            visit.type("while [ \"$(stty size)\" != '44 111' ]; do sleep 0.05; done; echo GROWN\\!\n");
            visit.untilSaid("GROWN!");
            visit.type("exit\n");
            assertEquals(0, visit.exitCode());
        }
    }

    @Test
    void controlCEndsWhatRunsInTheShellAndNotTheShell() {
        try (Visitor visit = onTerminal("true", "echo code $?", "mapped")) {
            visit.type("sh -c 'echo ready; exec sleep 1000'\n"); // which says so when the terminal is its own
            visit.untilSaid("\nready\n");
            visit.type("\003");
            visit.type("echo back $?\n");
            visit.untilSaid("back 130");
            visit.type("exit\n");
            visit.untilSaid("code 0");
        }
    }

    @Test
    void terminatedShellRestoresTheTerminal() {
        try (Visitor visit = onTerminal("stty -g", "echo; stty -g", "five")) {
            visit.type("echo up\n");
            visit.untilSaid("\nup\n");
            Host.processes(pid -> Host.arguments(pid).contains("org.emperor.cli.Main") && isBelow(pid, visit.pid()))
                    .forEach(pid -> Host.signal("TERM", pid));
            visit.exitCode();
            assertRestored(visit);
        }
    }

    @Test
    void terminalOfAConfinedShellWorks() {
        try (Visitor visit = onTerminal("stty rows 33 cols 77", "echo code $?", "bound")) {
            visit.type("stty size; mkdir /var/tmp/shell; echo said > /dev/stderr; exit 5\n");
            visit.untilSaid("33 77\n");
            visit.untilSaid("Value too large");
            visit.untilSaid("\nsaid\n");
            visit.untilSaid("code 5");
        }
    }
}
