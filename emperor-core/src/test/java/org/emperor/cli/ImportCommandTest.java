package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {
    private static final Platforms PLATFORMS = new Platforms(List.of(new PaperPlatform("here", true, "jail-here")));
    private static final String TWO = "[program:a]\ncommand=/bin/a\npriority=1\n[program:b]\ncommand=/bin/b %(here)s\n";

    @TempDir
    Path directory;

    @Test
    void unitIsPrintedAndItsLossesAreTold() throws IOException {
        Path unit = write("web.service", "[Service]\nExecStart=/bin/web\nMemoryMin=1G\n");
        Ran ran = emperor("systemd", unit.toString());
        assertEquals(ExitCode.FINE, ran.exitCode(), ran.err());
        assertTrue(ran.out().contains("[vassal]\nexec = /bin/web\n"), ran.out());
        assertFalse(ran.out().contains("# file"), ran.out());
        assertTrue(ran.err().startsWith(unit + ":3: MemoryMin: "), ran.err());
    }

    @Test
    void severalProgramsFollowOneAnotherWithTheNamesOfTheirFiles() throws IOException {
        Ran ran = emperor("supervisord", write("x.conf", TWO).toString());
        assertEquals(ExitCode.FINE, ran.exitCode(), ran.err());
        assertTrue(ran.out().startsWith("# file a.ini\n"), ran.out());
        assertTrue(ran.out().contains("# file b.ini\n"), ran.out());
        assertTrue(ran.out().contains("exec = /bin/b " + directory + "\n"), ran.out());
    }

    @Test
    void filesAreWrittenButNeverOverOthers() throws IOException {
        String file = write("x.conf", TWO).toString();
        Path other = write("b.ini", "mine");
        Ran refused = emperor("supervisord", file, "--output", directory.toString());
        assertEquals(ExitCode.MISTAKE, refused.exitCode());
        assertTrue(refused.err().contains("b.ini: is there already; nothing was written"), refused.err());
        assertEquals("mine", Files.readString(other));
        assertFalse(Files.exists(directory.resolve("a.ini")));

        Files.delete(other);
        Ran ran = emperor("supervisord", file, "--output", directory.toString());
        assertEquals("", ran.out());
        assertEquals(ExitCode.FINE, ran.exitCode(), ran.err());
        assertTrue(Files.readString(directory.resolve("a.ini")).contains("exec = /bin/a\n"));
    }

    @Test
    void programThatCanBeNoVassalIsRefusedAndTheOthersArePrinted() throws IOException {
        Ran ran = emperor("supervisord", write("x.conf", TWO + "[program:c]\n").toString());
        assertEquals(ExitCode.MISTAKE, ran.exitCode());
        assertTrue(ran.err().contains("refused: "), ran.err());
        assertTrue(ran.err().contains("x.conf:6: [program:c]: has no command"), ran.err());
        assertTrue(ran.out().contains("/bin/a"), ran.out());
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        assertTrue(emperor("systemd", directory + "/no.service").err().contains("does not exist"));
        Path bytes = Files.write(directory.resolve("x.conf"), new byte[] {(byte) 0xff});
        assertTrue(emperor("supervisord", bytes.toString()).err().contains("is not UTF-8"));
        Ran ran = emperor("runit", bytes.toString());
        assertEquals(ExitCode.USAGE, ran.exitCode());
        assertTrue(ran.err().contains("known are supervisord and systemd"), ran.err());
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static Ran emperor(String... args) {
        CommandLine line = new CommandLine(new ImportCommand(PLATFORMS));
        line.setExecutionExceptionHandler(Commands::fail);
        return Ran.of(line, args);
    }
}
