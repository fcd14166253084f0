package org.emperor.examples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class DemoTest {
    private static final byte[] CONTROL_C = {3};

    /** Its name has the digits of a port that the demo replaces in the examples. */
    private Path temporary;

    @BeforeEach
    void makeTemporary(@TempDir Path parent) throws IOException {
        temporary = Files.createDirectory(parent.resolve("8080"));
        parent.toFile().setExecutable(true, false);
        temporary.toFile().setExecutable(true, false);
    }

    @Test
    void showsAllExamplesWithoutATerminalAndEndsByItself() throws Exception {
        Process demo = Launcher.start(inTemporary(Launcher.emperor("demo", "--seconds", "6")));
        List<String> lines = new Lines(demo.getInputStream()).all();
        assertAll(
                () -> assertEquals(0, demo.waitFor()),
                () -> assertShown(lines, "crash-looper +waiting .*exit code 1; next attempt in .*"),
                () -> assertShown(lines, "own-root +running.*"),
                () -> assertShown(lines, "ticker +running.*"),
                () -> assertShown(lines, "web +running.*"),
                () -> assertFalse(String.join("", lines).contains("\033"), "escapes without a terminal"));
        assertNothingLeft();
    }

    @Test
    void interruptLeavesNothingBehind() throws Exception {
        Process demo = Launcher.start(inTemporary(Launcher.emperor("demo")));
        Lines lines = new Lines(demo.getInputStream());
        lines.await("ticker +running");
        new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).start().waitFor();
        lines.await("what was made for them is removed");
        assertEquals(0, demo.waitFor());
        assertNothingLeft();
    }

    @Test
    void controlCInATerminalLeavesNothingBehind() throws Exception {
        Process terminal = Launcher.start(inTerminal());
        Lines lines = new Lines(terminal.getInputStream());
        lines.await("ticker +.*running");
        press(terminal, CONTROL_C);
        lines.await("what was made for them is removed");
        assertEquals(0, terminal.waitFor());
        assertNothingLeft();
    }

    @Test
    void closedTerminalEndsTheDemonstration() throws Exception {
        Process terminal = Launcher.start(inTerminal());
        new Lines(terminal.getInputStream()).await("ticker +.*running");
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            temporary.register(watch, StandardWatchEventKinds.ENTRY_DELETE);
            terminal.destroyForcibly();
            watch.poll(30, TimeUnit.SECONDS);
        }
        assertNothingLeft();
    }

    /** {@code script} makes a terminal and runs the command in a shell; without exec a shell may say how Ctrl-C ended it. */
    private ProcessBuilder inTerminal() {
        return inTemporary(Launcher.prepared(List.of(
                "script", "--quiet", "--return", "--command", "exec " + Launcher.path() + " demo", "/dev/null")));
    }

    private ProcessBuilder inTemporary(ProcessBuilder builder) {
        builder.environment().put("TMPDIR", temporary.toString());
        return builder;
    }

    private static void press(Process terminal, byte[] key) throws IOException {
        OutputStream keyboard = terminal.getOutputStream();
        keyboard.write(key);
        keyboard.flush();
    }

    private static void assertShown(List<String> lines, String pattern) {
        assertFalse(lines.stream().noneMatch(line -> line.matches(pattern)), () -> "no line matches " + pattern);
    }

    /** Programs and jail-inits carry the place in their arguments or their root; cgroups are named by the emperor. */
    private void assertNothingLeft() throws IOException {
        assertAll(
                () -> assertEquals(List.of(), entries(temporary), "files"),
                () -> assertEquals(List.of(), commandsNaming("emperor-demo-"), "processes"),
                () -> assertEquals(List.of(), mountsNaming("emperor-demo-"), "mounts"));
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static List<String> mountsNaming(String word) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(word))
                .toList();
    }

    private List<String> commandsNaming(String word) throws IOException {
        return entries(Path.of("/proc")).stream()
                .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                .map(DemoTest::command)
                .filter(command -> command.contains(temporary.toString()) && command.contains(word))
                .toList();
    }

    private static String command(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }
}
