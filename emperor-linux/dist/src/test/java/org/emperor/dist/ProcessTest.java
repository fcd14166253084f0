package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file says of its program's process, as the program sees it; and what it does not say, under an odd emperor. */
@Tag("kernel")
class ProcessTest {
    private static final String FIVE = "clone = fs,net,ipc,uts,pid";
    private static final int IDLE = 3 << 13;
    private static final int BEST_EFFORT = 2;
    private static final int RLIMIT_NICE = 13;
    private static final int CAP_SYS_RESOURCE = 24;
    private static final List<String> ODD = List.of("nice", "-n", "7", "taskset", "-c", "0");

    private static RunningEmperor emperor;

    /** Whoever starts it is nice and kept to one processor. */
    @BeforeAll
    static void start() {
        List<String> command = new ArrayList<>(ODD);
        command.addAll(RunningEmperor.java());
        emperor = RunningEmperor.ready(RunningEmperor.launch(new Place(), command));
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static Report reportOf(String name, String... lines) {
        emperor.drop(name, lines);
        return emperor.report(name);
    }

    @Test
    void everyValueOfTheFileIsSeenInside() {
        Report report = reportOf(
                "shaped",
                "exec = " + emperor.probe("report", "stay"),
                FIVE,
                "uid = nobody",
                "add-gid = 4242",
                "umask = 027",
                "nice = 3",
                "ionice = idle",
                "cpu-affinity = 0",
                "oom-score-adj = 321",
                "limit-cpu = 600:700",
                "limit-fsize = 1G",
                "limit-data = unlimited",
                "limit-stack = 4M:8M",
                "limit-core = 0",
                "limit-rss = 1T",
                "limit-nproc = 5000:6000",
                "max-fd = 100",
                "limit-memlock = 64K",
                "limit-as = 2G:4G",
                "limit-locks = 11",
                "limit-sigpending = 12",
                "limit-msgqueue = 13",
                "limit-nice = 0",
                "limit-rtprio = 0",
                "limit-rttime = 16");

        assertEquals(027, report.number("umask"));
        assertEquals(3, report.number("nice"));
        assertEquals(IDLE, report.number("ionice"));
        assertEquals(List.of("0"), report.list("processors"));
        assertEquals(List.of("321"), report.list("oom-score-adj"));
        assertTrue(report.list("groups").contains("4242"), report.list("groups").toString());
        assertEquals(
                List.of(
                        "600:700",
                        "1073741824:1073741824",
                        "-1:-1",
                        "4194304:8388608",
                        "0:0",
                        "1099511627776:1099511627776",
                        "5000:6000",
                        "100:100",
                        "65536:65536",
                        "2147483648:4294967296",
                        "11:11",
                        "12:12",
                        "13:13",
                        "0:0",
                        "0:0",
                        "16:16"),
                report.list("limits"));
        emperor.dismiss("shaped");
    }

    @Test
    void whatTheFileDoesNotSayIsUsualAndNotTheEmperors() {
        Report report = reportOf("usual", "exec = " + emperor.probe("report", "stay"), FIVE);

        assertEquals(022, report.number("umask"));
        assertEquals(0, report.number("nice"));
        assertTrue(report.number("ionice") >> 13 == 0 || report.number("ionice") >> 13 == BEST_EFFORT);
        assertEquals(allProcessors(), report.list("processors").size());
        assertEquals(List.of("0"), report.list("oom-score-adj"));
        assertEquals(1024, report.number("nofile-soft"));
        emperor.dismiss("usual");
    }

    /** How many the host lets its first process run on, of {@code 0-3,8}. */
    private static int allProcessors() {
        int count = 0;
        for (String range : Host.field(1, "Cpus_allowed_list").orElseThrow().split(",", -1)) {
            String[] ends = range.strip().split("-", -1);
            count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
        }
        return count;
    }

    @Test
    void priorityCanBeRaisedBeforeRightsAreDropped() {
        Report report = reportOf(
                "raised",
                "exec = " + emperor.probe("report", "stay"),
                "uid = nobody",
                "nice = -4",
                "oom-score-adj = 5",
                "ionice = best-effort:1");

        assertEquals(-4, report.number("nice"));
        assertEquals(BEST_EFFORT << 13 | 1, report.number("ionice"));
        assertEquals(List.of("5"), report.list("oom-score-adj"));
        emperor.dismiss("raised");
    }

    @Test
    void oomScoreIsSetInAUserNamespaceToo() {
        Report report = reportOf(
                "mapped",
                "exec = " + emperor.probe("report", "stay"),
                "clone = fs,pid,user",
                "oom-score-adj = 7",
                "nice = 9");

        assertEquals(List.of("7"), report.list("oom-score-adj"));
        assertEquals(9, report.number("nice"));
        emperor.dismiss("mapped");
        emperor.drop("mapped", "exec = " + emperor.probe("stay"), "clone = user", "nice = 6");
        assertEquals(
                "is more than a user namespace may have",
                emperor.problem("mapped").get("rule").textValue());
        emperor.remove("mapped");
        emperor.until("the refusal is forgotten", () -> emperor.refused().isEmpty());
    }

    @Test
    void whatNeedsARightIsSeenWithItAndRefusedWithoutIt() {
        String exec = "exec = " + emperor.probe("report", "stay");
        emperor.drop("bounded", exec, FIVE, "limit-nice = 14", "oom-score-adj = -5");
        if (hasSysResource()) {
            assertEquals("14:14", emperor.report("bounded").list("limits").get(RLIMIT_NICE));
            assertEquals(List.of("-5"), emperor.report("bounded").list("oom-score-adj"));
            emperor.dismiss("bounded");
        } else {
            assertEquals("limit-nice", emperor.problem("bounded").get("key").textValue());
            assertEquals(
                    "is more than this emperor may give: it has no CAP_SYS_RESOURCE",
                    emperor.problem("bounded").get("rule").textValue());
            emperor.remove("bounded");
            emperor.until("the refusal is forgotten", () -> emperor.refused().isEmpty());
        }
    }

    private static boolean hasSysResource() {
        String mask = Host.field(emperor.pid(), "CapEff").orElseThrow().strip();
        return (Long.parseUnsignedLong(mask, 16) >>> CAP_SYS_RESOURCE & 1) != 0;
    }

    @Test
    void environmentIsTheUsualOneLessAndPlusWhatTheFileSays() throws IOException {
        Path variables = Files.writeString(emperor.place().path().resolve("web.env"), "A=1\nB='b b'\nLANG=de\n");
        Report report = reportOf(
                "env",
                "exec = " + emperor.probe("report", "stay"),
                "env-file = " + variables,
                "unenv = SHELL",
                "unenv = A",
                "env = B=c",
                "env = D=");

        List<String> environment = report.list("environment");
        assertTrue(environment.containsAll(List.of("B=c", "D=", "LANG=de", "USER=root")), environment.toString());
        assertFalse(environment.stream().anyMatch(it -> it.startsWith("SHELL=") || it.startsWith("A=")));
        emperor.dismiss("env");
    }

    @ParameterizedTest
    @CsvSource({
        "umask, 888, is not a mask of permissions",
        "nice, -21, is not a whole number",
        "ionice, idle:1, no such class and level",
        "cpu-affinity, 1000, this host has no processor 1000",
        "oom-score-adj, 1001, out of range",
        "limit-nofile, unlimited, above what this host allows anybody",
        "limit-core, 5:4, the soft limit is above the hard one",
        "env-file, /nonexistent, does not exist",
        "add-gid, no-such-group, this host has no group"
    })
    void wrongValueStartsNothing(String key, String value, String rule) {
        emperor.drop("wrong", "exec = " + emperor.probe("line:3", "stay"), key + " = " + value);

        JsonNode problem = emperor.problem("wrong");
        assertEquals(key, problem.get("key").textValue());
        assertEquals(3, problem.get("line").intValue());
        assertTrue(problem.get("rule").textValue().contains(rule), problem.toString());
        assertEquals(List.of(), emperor.place().output("wrong"));
        emperor.remove("wrong");
        emperor.until("the refusal is forgotten", () -> emperor.refused().isEmpty());
    }

    @Test
    void programThatHasDoneItsWorkIsDoneAndLaunchedAgainAfterAnEdit() {
        emperor.drop("once", "exec = " + emperor.probe("line:2", "exit:0"), "restart = on-failure");
        emperor.untilState("once", "done");
        assertEquals(1, emperor.shown("once").get("launches").intValue());
        assertEquals("exit code 0", emperor.shown("once").get("reason").textValue());
        emperor.untilLogged("done after", "vassal=once");

        emperor.drop("once", "exec = " + emperor.probe("exit:3"), "restart = on-failure", "fatal-codes = 3");
        emperor.untilState("once", "failed");
        assertEquals(2, emperor.shown("once").get("launches").intValue());
        emperor.dismiss("once");
    }

    @Test
    void reloadSignalReachesTheProgramAndAnotherContentReplacesIt() {
        emperor.drop("heeding", "exec = " + emperor.probe("heed", "stay"), "reload-signal = HUP");
        emperor.untilSaid("heeding", "heeding");
        emperor.untilRunning("heeding");
        int pid = emperor.pid("heeding");

        emperor.place().touch("heeding");
        emperor.untilSaid("heeding", "heard 1");
        assertEquals(pid, emperor.pid("heeding"));
        emperor.drop("heeding", "exec = " + emperor.probe("heed", "stay"), "reload-signal = HUP", "nice = 1");
        emperor.untilShown(
                "heeding",
                "another program",
                shown -> shown.get("pid").intValue() != pid
                        && shown.get("state").textValue().equals("running"));
        emperor.dismiss("heeding");
    }

    @Test
    void stopGoesThroughItsSteps() {
        emperor.drop(
                "stepwise", "exec = " + emperor.probe("heed", "stay"), "stop-sequence = USR1 200ms INT 200ms TERM 10s");
        emperor.untilSaid("stepwise", "heeding");
        emperor.untilRunning("stepwise");
        emperor.dismiss("stepwise");

        assertEquals(
                List.of("heeding", "heard 10", "heard 2", "heard 15"),
                emperor.place().output("stepwise"));
    }

    @Test
    void labelsAreShown() {
        emperor.drop("labelled", "exec = " + emperor.probe("stay"), "labels = tier=web team=a");
        emperor.untilRunning("labelled");
        JsonNode labels = emperor.shown("labelled").get("labels");
        assertEquals(
                Map.of("tier", "web", "team", "a"),
                Map.of(
                        "tier",
                        labels.get("tier").textValue(),
                        "team",
                        labels.get("team").textValue()));
        assertEquals(2, labels.size());
        emperor.dismiss("labelled");
    }
}
