package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ShowCommandTest {
    private static final Platforms PLATFORMS = new Platforms(List.of(new PaperPlatform("here", true, "jail-here")));

    @TempDir
    Path directory;

    @Test
    void settingsAreShownAsTheyCountWithWhereEachCameFrom() throws IOException {
        write("base.ini", "[vassal]\nenv = NAME=%(name)\n");
        Path file = write("web.ini", "[vassal]\nname = shop\ninclude = base.ini\nfor = a b\nenv = X=%(_)\nendfor =\n");
        Ran ran = show(file.toString());
        assertEquals("", ran.err());
        assertEquals(ExitCode.FINE, ran.exitCode());
        assertEquals(
                "[vassal]\n# F:2:8\nname = shop\n# D/base.ini:2:7, from F:3\nenv = NAME=shop\n"
                        + "# F:5:7\nenv = X=a\n# F:5:7\nenv = X=b\n",
                ran.out().replace(file.toString(), "F").replace(directory.toString(), "D"));
    }

    @Test
    void instanceIsShownWithItsValues() throws IOException {
        Path template = write("api@.ini", "[vassal]\nexec = /bin/%(vassal) %(instance)\n");
        assertTrue(show(template.toString()).out().contains("exec = /bin/api@example example"));
        assertTrue(show(template.toString(), "--instance", "b").out().contains("exec = /bin/api@b b"));

        Path file = write("web.ini", "[vassal]\nexec = /bin/%(vassal) %(instance)\ninstances = 3\n");
        Ran first = show(file.toString());
        assertEquals(ExitCode.FINE, first.exitCode(), first.err());
        assertTrue(first.out().contains("exec = /bin/web@1 1"));
        assertTrue(show(file.toString(), "--instance", "3").out().contains("exec = /bin/web@3 3"));
        for (String none : List.of("0", "4", "03", "a")) {
            Ran ran = show(file.toString(), "--instance", none);
            assertEquals("emperor: " + file + " has no instance " + none + System.lineSeparator(), ran.err());
            assertEquals(ExitCode.MISTAKE, ran.exitCode());
            assertEquals("", ran.out());
        }
        write("web.ini", "[vassal]\nexec = /bin/%(instance)\ninstances = many\n");
        assertTrue(show(file.toString(), "--instance", "4").out().contains("exec = /bin/4"), "nobody knows how many");

        Path plain = write("plain.ini", "[vassal]\nexec = /bin/true\n");
        assertEquals(
                "emperor: " + plain + " has no instance 2" + System.lineSeparator(),
                show(plain.toString(), "--instance", "2").err());
    }

    @Test
    void fileOfAnyEndingIsShownAsTheVassalItWouldBe() throws IOException {
        Path file = write("web@.vassal", "[vassal]\nexec = /bin/%(vassal) %(instance)\n");
        assertTrue(show(file.toString(), "--instance", "b").out().contains("exec = /bin/web@b b"));
    }

    @Test
    void whatIsShownIsAFileThatMeansTheSame() throws IOException {
        Path file = write("web.yml", "vassal:\n  exec: /bin/sh\n  env: [A=1, B=2]\n");
        Path shown = write("shown.ini", show(file.toString()).out());
        assertEquals(values(show(file.toString())), values(show(shown.toString())));
    }

    @Test
    void whatAFilePrintsIsToldBesideTheSettings() throws IOException {
        write("base.ini", "[vassal]\nprint = port %(port)\u001b[0m\n");
        Path file = write("web.ini", "[vassal]\nprint = name %n\ninclude = base.ini\niprint = now\nport = 80\n");
        Ran ran = show(file.toString());
        assertEquals(ExitCode.FINE, ran.exitCode());
        assertEquals(
                List.of("F:4: print: now", "F:2: print: name web", "D/base.ini:2: print: port 80\\x1b[0m"),
                ran.err()
                        .replace(file.toString(), "F")
                        .replace(directory.toString(), "D")
                        .lines()
                        .toList());
        assertEquals(List.of("[vassal]", "port = 80"), values(ran));
    }

    @Test
    void valuesThatCannotBeHadAreTheProblemsOfCheck() throws IOException {
        Ran ran = show(write("web.ini", "[vassal]\na = 1\nb = %(c)\n").toString());
        assertEquals(ExitCode.MISTAKE, ran.exitCode());
        assertTrue(ran.out().contains("a = 1"), ran.out());
        assertTrue(ran.err().contains("web.ini:3:5: b: %(c) is not defined"), ran.err());
    }

    @Test
    void fileThatIsMissingOrHasNoSuchSectionIsNamed() throws IOException {
        assertTrue(show(directory + "/no.ini").err().contains("no.ini: does not exist"));
        Ran ran = show("--section", "other", write("web.ini", "[vassal]\n").toString());
        assertEquals(ExitCode.MISTAKE, ran.exitCode());
        assertTrue(ran.err().contains("no [other] section"), ran.err());
    }

    private static List<String> values(Ran ran) {
        return ran.out().lines().filter(line -> !line.startsWith("#")).toList();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static Ran show(String... args) {
        CommandLine line = new CommandLine(new ShowCommand(PLATFORMS));
        line.setExecutionExceptionHandler(Commands::fail);
        return Ran.of(line, args);
    }
}
