package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
    private static final Platforms PLATFORMS = new Platforms(
            List.of(new PaperPlatform("here", true, "jail-here"), new PaperPlatform("there", false, "jail-there")));

    @TempDir
    Path directory;

    @Test
    void goodFilesAreOnlyCounted() throws IOException {
        Path file = write("a.ini", "[vassal]\nexec = /bin/true\njail-here = right\n");
        assertEquals(new Ran(ExitCode.FINE, "1 file checked: no problem\n", ""), check(directory.toString()));
        write("b.ini", "[vassal]\nexec = /bin/true\n");
        assertEquals(
                new Ran(ExitCode.FINE, "3 files checked: no problem\n", ""),
                check(directory.toString(), file.toString()));
    }

    @Test
    void everyProblemOfEveryFileIsOneLineInTheOrderOfNames() throws IOException {
        write("b.ini", "[vassal]\nexce = /bin/true\nstop-grace = soon\n");
        write("a.ini", "[vassal]\nexec = /bin/true\njail-here = wrong\n");
        write("c.ini", "[vassal]\nexec = /bin/true\njail-there = x\n");
        write("README", "not a vassal file");
        Ran ran = check(directory.toString());
        assertEquals(ExitCode.MISTAKE, ran.exitCode());
        List<String> lines = ran.out().lines().toList();
        assertEquals(directory + "/a.ini:3:13: jail-here: is wrong; write it right", lines.get(0));
        assertTrue(lines.get(1).startsWith(directory + "/b.ini:1"), lines.get(1));
        assertTrue(lines.get(2).startsWith(directory + "/b.ini:2"), lines.get(2));
        assertTrue(lines.get(2).contains("did you mean"), lines.get(2));
        assertTrue(lines.get(3).startsWith(directory + "/b.ini:3:14: stop-grace: "), lines.get(3));
        assertTrue(lines.get(4).contains("/c.ini:3") && lines.get(4).contains("there"), lines.get(4));
        assertEquals("3 files checked: 5 problems, 3 files refused", lines.get(5));
        assertEquals(6, lines.size(), ran.out());
    }

    @Test
    void problemOfAFileThatManyIncludeIsToldOnce() throws IOException {
        Path common = write("common", "[vassal]\nnice = high\n");
        write("a.ini", "[vassal]\nexec = /bin/true\nconfig = common\n");
        write("b.ini", "[vassal]\nexec = /bin/true\nconfig = common\nchdir = srv\n");
        write("c.ini", "[vassal]\nexec = /bin/true\n");
        List<String> lines = check(directory.toString()).out().lines().toList();
        assertTrue(lines.get(0).startsWith(common + ":2:8: nice: "), lines.get(0));
        assertTrue(lines.get(1).startsWith(directory + "/b.ini:4:9: chdir: "), lines.get(1));
        assertEquals("3 files checked: 2 problems, 2 files refused", lines.get(2));
    }

    @Test
    void jsonHasEveryProblemInItsParts() throws IOException {
        Path file = write("a.ini", "[vassal]\nexec = /bin/true\njail-here = wrong\n");
        Ran ran = check("--json", file.toString());
        assertEquals(ExitCode.MISTAKE, ran.exitCode());
        JsonNode report = new ObjectMapper().readTree(ran.out());
        assertEquals(1, report.get("checked").asInt());
        assertEquals(file.toString(), report.get("refused").get(0).asText());
        assertEquals(1, report.get("refused").size());
        assertEquals(1, report.get("problems").size());
        JsonNode problem = report.get("problems").get(0);
        assertEquals(file.toString(), problem.get("file").asText());
        assertEquals(3, problem.get("line").asInt());
        assertEquals(13, problem.get("column").asInt());
        assertEquals("jail-here", problem.get("key").asText());
        assertEquals("is wrong", problem.get("rule").asText());
        assertEquals("write it right", problem.get("remedy").asText());
    }

    @Test
    void jsonOfGoodFilesHasTheSameParts() throws IOException {
        Ran ran = check("--json", write("a.ini", "[vassal]\nexec = /bin/true\n").toString());
        assertEquals(ExitCode.FINE, ran.exitCode());
        assertEquals(
                new ObjectMapper().readTree("{\"checked\": 1, \"refused\": [], \"problems\": []}"),
                new ObjectMapper().readTree(ran.out()));
    }

    @Test
    void fileThatIsMissingOrNamedWronglyIsAProblemOfItsOwn() throws IOException {
        assertEquals(
                ExitCode.MISTAKE,
                check(directory.resolve("none.ini").toString()).exitCode());
        assertEquals(ExitCode.MISTAKE, check(write("README", "x").toString()).exitCode());
    }

    @Test
    void templateIsCheckedAsOneOfItsInstances() throws IOException {
        Path file = write("web@.ini", "[vassal]\nexec = /bin/web %(instance)\n");
        assertEquals(ExitCode.FINE, check(file.toString()).exitCode());
        write("web@.ini", "[vassal]\nexec = /bin/web %(instance)\ninstances = 2\njail-here = wrong\n");
        assertEquals(
                file + ":3:13: instances: an instance has none of its own; remove it",
                check(directory.toString()).out().lines().findFirst().orElseThrow());
    }

    @Test
    void problemOfSomeInstanceIsThatOfTheFile() throws IOException {
        String some = "[vassal]\nexec = /bin/web\ninstances = 3\nif-opt = instance=3\njail-here = wrong\nendif =\n";
        Path file = write("web.ini", some);
        assertEquals(
                List.of(
                        file + ":5:13: jail-here: is wrong; write it right",
                        "1 file checked: 1 problem, 1 file refused"),
                check(file.toString()).out().lines().toList());
    }

    @Test
    void filesOfAFurtherEndingAreCheckedWhereTheDaemonHasIt() throws IOException {
        Path config = write("emperor.conf", "[emperor]\nemperor-extra-extension = .vassal\n");
        Path file = write("web.vassal", "[vassal]\nexce = /bin/true\n");
        assertEquals(
                "0 files checked: no problem\n", check(directory.toString()).out());
        assertTrue(check(file.toString()).out().startsWith(file + ": not the name of a vassal file"));
        for (String option : List.of("--config=" + config, "--emperor-extra-extension=.vassal")) {
            for (Path place : List.of(directory, file)) {
                List<String> lines =
                        check(option, place.toString()).out().lines().toList();
                assertTrue(lines.get(1).startsWith(file + ":2"), lines.toString());
                assertEquals("1 file checked: 2 problems, 1 file refused", lines.get(2));
            }
        }
        assertEquals(
                "emperor: --emperor-extra-extension: \".\" is not an ending; write a dot and 1 to 32 of"
                        + " A-Z a-z 0-9 _ - after it" + System.lineSeparator(),
                check("--emperor-extra-extension=.", file.toString()).err());
    }

    @Test
    void filesOfADirectoryThatNameOneVassalAreToldAsTheDaemonTellsThem() throws IOException {
        write("web.ini", "[vassal]\nexec = /bin/web\n");
        write("web.yml", "vassal:\n  exec: /bin/other\n  exce: x\n");
        write("api.ini", "[vassal]\nexec = /bin/api\ninstances = 3\n");
        write("api@2.ini", "[vassal]\nexec = /bin/api\n");
        write("api@.ini", "[vassal]\nexec = /bin/api\n");
        write("api@example.ini", "[vassal]\nexec = /bin/api\n");
        String second = "names the same vassal as D/%s, which comes first; rename or remove one of them";
        assertEquals(
                List.of(
                        "D/api@2.ini: " + String.format(second, "api.ini"),
                        "D/web.yml:3: exce: unknown key; did you mean exec?",
                        "D/web.yml: " + String.format(second, "web.ini"),
                        "6 files checked: 3 problems, 2 files refused"),
                check(directory.toString())
                        .out()
                        .replace(directory.toString(), "D")
                        .lines()
                        .toList());
        assertEquals(
                "2 files checked: no problem\n",
                check(directory + "/api.ini", directory + "/api@2.ini").out(),
                "each by itself");
    }

    @Test
    void nothingToCheckIsUsage() {
        assertEquals(ExitCode.USAGE, check().exitCode());
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static Ran check(String... args) {
        return Ran.of(new CommandLine(new CheckCommand(PLATFORMS)).setExecutionExceptionHandler(Commands::fail), args);
    }
}
