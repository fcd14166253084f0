package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What files in the vassals' directory do, and what wrong ones must never do. */
@Tag("kernel")
class VassalFileTest {
    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    private static void running(String vassal) {
        emperor.drop(vassal, "exec = " + emperor.probe("heed", "stay"));
        emperor.untilRunning(vassal);
        emperor.untilSaid(vassal, "heeding");
    }

    /** The first problem of a file as the API shows it, once it does. */
    private static JsonNode problem(String id) {
        emperor.until(id + " is refused", () -> refused(id).isPresent());
        return refused(id).orElseThrow().get("problems").get(0);
    }

    private static java.util.Optional<JsonNode> refused(String id) {
        return emperor.refused().stream()
                .filter(file -> file.get("id").textValue().equals(id))
                .findFirst();
    }

    /** A vassal dropped later runs, so the emperor has long looked at what was there before. */
    private static void untilEmperorHasLooked() {
        running("witness");
        emperor.dismiss("witness");
    }

    @Test
    void wrongFileStartsNothingAndIsToldWithFileLineKeyAndRule() {
        emperor.drop("wrong", "exec = " + emperor.probe("stay"), "memroy = 1G");

        JsonNode problem = problem("wrong.ini");
        assertEquals(
                emperor.place().file("wrong").toString(), problem.get("file").textValue());
        assertEquals(3, problem.get("line").intValue());
        assertEquals("memroy", problem.get("key").textValue());
        assertEquals("unknown key", problem.get("rule").textValue());
        emperor.untilLogged("refused", emperor.place().file("wrong") + ":3", "memroy: unknown key");
        untilEmperorHasLooked();
        assertTrue(emperor.vassal("wrong").isEmpty());
        assertEquals(List.of(), emperor.place().output("wrong"));
        emperor.remove("wrong");
        emperor.until("the refusal is forgotten", () -> refused("wrong.ini").isEmpty());
    }

    @Test
    void allProblemsOfAFileAreToldAtOnce() {
        emperor.drop("many", "exec = 'open", "stop-grace = soon", "clone = fs,moon", "uid = nobody-of-that-name");

        problem("many.ini");
        List<String> lines = refused("many.ini").orElseThrow().get("problems").findValuesAsText("line");
        assertTrue(lines.containsAll(List.of("2", "3", "5")), lines.toString());
        emperor.remove("many");
    }

    @Test
    void badEditOfARunningVassalDisturbsNothing() {
        running("steady");
        int pid = emperor.pid("steady");

        emperor.drop("steady", "exec = " + emperor.probe("exit:1"), "stop-grace = never");
        assertEquals("stop-grace", problem("steady.ini").get("key").textValue());
        emperor.untilShown(
                "steady",
                "running with its last edit refused",
                shown -> shown.get("edit_refused").booleanValue()
                        && shown.get("state").textValue().equals("running"));
        emperor.untilLogged("refused", "stop-grace", "its vassal runs on as it was");
        untilEmperorHasLooked();
        assertEquals(pid, emperor.pid("steady"));
        assertTrue(Host.isAlive(pid));
        assertEquals(List.of("heeding"), emperor.place().output("steady"), "it was not even signalled");

        emperor.drop("steady", "exec = " + emperor.probe("line:3", "heed", "stay"));
        emperor.untilSaid("steady", "lll");
        emperor.untilShown(
                "steady", "accepted", shown -> !shown.get("edit_refused").booleanValue());
        emperor.dismiss("steady");
    }

    @Test
    void halfWrittenFileStartsNothing() throws IOException {
        Path file = emperor.place().file("slow");
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            // What is there so far would run; only the last line makes it what its author means.
            write(writer, "[vassal]\nexec = " + emperor.probe("line:5", "stay") + "\n");
            untilEmperorHasLooked();
            assertTrue(emperor.vassal("slow").isEmpty());
            write(writer, "exec = ");
            untilEmperorHasLooked();
            write(writer, emperor.probe("heed", "stay") + "\n");
            assertTrue(emperor.vassal("slow").isEmpty());
        }
        assertEquals(
                "exec", problem("slow.ini").get("key").textValue(), "a second exec is refused, as it is whole now");
        assertEquals(List.of(), emperor.place().output("slow"));
        emperor.remove("slow");
    }

    @Test
    void rewritingARunningVassalsFileSlowlyDisturbsItOnlyWhenWhole() throws IOException {
        running("edited");
        int pid = emperor.pid("edited");

        try (Writer writer = Files.newBufferedWriter(emperor.place().file("edited"), StandardCharsets.UTF_8)) {
            write(writer, "[vass");
            untilEmperorHasLooked();
            write(writer, "al]\nexec = " + emperor.probe("line:2", "stay"));
            untilEmperorHasLooked();
            assertEquals(pid, emperor.pid("edited"));
            assertTrue(Host.isAlive(pid));
            write(writer, "\n");
        }
        emperor.untilSaid("edited", "ll");
        assertFalse(Host.isAlive(pid));
        emperor.dismiss("edited");
    }

    private static void write(Writer writer, String text) throws IOException {
        writer.write(text);
        writer.flush();
    }

    @Test
    void filesThatAreNoVassalsAreIgnored() throws IOException {
        String content = "[vassal]\nexec = " + emperor.probe("line:9", "stay") + "\n";
        List<String> names = List.of(
                ".x.ini", "x.ini~", "#x.ini#", ".x.ini.swp", "x.ini.dpkg-new", "x.ini.rpmsave", "4913", "x.vassal");
        for (String name : names) {
            Files.writeString(emperor.place().vassals().resolve(name), content);
        }
        untilEmperorHasLooked();

        assertEquals(List.of(), emperor.vassals());
        assertEquals(List.of(), emperor.refused());
        for (String name : names) {
            Files.delete(emperor.place().vassals().resolve(name));
        }
    }

    @Test
    void whatIsNoRegularFileIsRefusedWithoutWaitingForIt() {
        Host.run(List.of("mkfifo", emperor.place().file("pipe").toString()));
        Host.run(
                List.of("ln", "-s", "/nowhere", emperor.place().file("dangling").toString()));

        assertTrue(problem("pipe.ini").get("rule").textValue().contains("FIFO"));
        assertTrue(problem("dangling.ini").get("rule").textValue().contains("symbolic link to nothing"));
        untilEmperorHasLooked();
        emperor.remove("pipe");
        emperor.remove("dangling");
    }

    @Test
    void touchReloadsIntoAnotherProcessUnlessTheFileSaysNo() {
        running("touched");
        emperor.drop("fixed", "exec = " + emperor.probe("heed", "stay"), "reload-on-touch = false");
        emperor.untilRunning("fixed");
        int touched = emperor.pid("touched");
        int fixed = emperor.pid("fixed");

        emperor.place().touch("fixed");
        emperor.place().touch("touched");
        emperor.untilRunning("touched", 2);
        assertFalse(Host.isAlive(touched));
        untilEmperorHasLooked();
        assertEquals(fixed, emperor.pid("fixed"));
        emperor.dismiss("touched", "fixed");
    }

    @Test
    void editOfAnIncludeReloadsWhatIsMadeOfItAndCorrectingItHeals() throws IOException {
        Path common = emperor.place().path().resolve("common.ini");
        Path variables = emperor.place().path().resolve("common.env");
        emperor.place().write(common, "[vassal]\nenv = A=1\n");
        emperor.place().write(variables, "B=1\n");
        emperor.drop("left", "exec = " + emperor.probe("heed", "stay"), "include = ../common.ini");
        emperor.drop("right", "exec = " + emperor.probe("heed", "stay"), "env-file = " + variables);
        emperor.untilRunning("left", "right");
        int left = emperor.pid("left");
        int right = emperor.pid("right");

        emperor.place().write(common, "[vassal]\nenv = A=2\n");
        emperor.untilRunning("left", 2);
        assertFalse(Host.isAlive(left));
        emperor.place().write(common, "[vassal]\nevn = A=3\n");
        assertEquals(common.toString(), problemFile("left.ini"));
        emperor.place().write(common, "[vassal]\nenv = A=4\n");
        emperor.untilRunning("left", 3);
        assertTrue(refused("left.ini").isEmpty());
        assertEquals(right, emperor.pid("right"), "it is not made of that file");

        emperor.place().write(variables, "B=2\n");
        emperor.untilRunning("right", 2);
        Files.delete(variables);
        assertEquals(emperor.place().file("right").toString(), problemFile("right.ini"));
        emperor.dismiss("left", "right");
    }

    @Test
    void pathThatAFileAsksAboutReloadsItByAppearingAndVanishing() throws IOException {
        Path flag = emperor.place().path().resolve("asked/flag");
        Path parts = Files.createDirectory(emperor.place().path().resolve("parts"));
        emperor.place().write(parts.resolve("a.ini"), "[vassal]\nenv = A=1\n");
        String report = "exec = " + emperor.probe("report", "heed", "stay");
        emperor.drop("asking", report, "if-exists = " + flag, "env = HERE=yes", "endif =");
        emperor.drop("listing", report, "for-glob = " + parts + "/*.ini", "include = %(_)", "endfor =");
        assertFalse(environment("asking", 1).contains("HERE=yes"));
        assertTrue(environment("listing", 1).contains("A=1"));
        Files.createDirectory(flag.getParent());

        emperor.place().write(flag, "");
        emperor.place().write(parts.resolve("b.ini"), "[vassal]\nenv = B=2\n");
        assertTrue(environment("asking", 2).contains("HERE=yes"));
        assertTrue(environment("listing", 2).containsAll(List.of("A=1", "B=2")));
        Files.writeString(flag, "another content is no other answer");
        untilEmperorHasLooked();
        Files.delete(flag);
        assertFalse(environment("asking", 3).contains("HERE=yes"));
        emperor.dismiss("asking", "listing");
    }

    private static List<String> environment(String vassal, int launch) {
        return emperor.report(vassal, launch).list("environment");
    }

    private static String problemFile(String id) {
        return Path.of(problem(id).get("file").textValue()).normalize().toString();
    }

    @Test
    void missingProgramIsToldByStepProgramAndErrno() {
        emperor.drop("absent", "exec = /nowhere/program");
        emperor.drop("unfound", "exec = no-such-program-anywhere");
        emperor.drop("unexecutable", "exec = " + emperor.place().file("unexecutable"));

        untilLaunchFails("absent", "execute /nowhere/program", "ENOENT (no such file or directory)");
        untilLaunchFails("unfound", "execute no-such-program-anywhere found on PATH", "ENOENT");
        untilLaunchFails("unexecutable", "execute", "EACCES (permission denied)");
        emperor.dismiss("absent", "unfound", "unexecutable");
    }

    @Test
    void programThatItsUserMayNotReachIsTold() {
        emperor.drop("forbidden", "exec = /root/program", "uid = nobody");

        untilLaunchFails("forbidden", "execute /root/program", "EACCES");
        emperor.dismiss("forbidden");
    }

    private static void untilLaunchFails(String vassal, String step, String errno) {
        emperor.untilShown(vassal, "waiting after " + step, shown -> {
            String reason = shown.get("reason").textValue();
            return reason.contains("step ") && reason.contains(step) && reason.contains(errno);
        });
        emperor.untilLogged("cannot launch vassal " + vassal, step, errno);
    }
}
