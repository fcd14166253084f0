package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that Java's locale has no characters for: text made of them leads to no path, so that the paths themselves count. */
class StrangeNamesTest {
    /** {@code rüde}, as bytes that only a shell can write where the locale cannot. */
    private static final String RUDE = "$(printf 'r\\303\\274de')";

    @TempDir
    Path root;

    /**
     * What a scene of its own tells of a source, in a process whose locale is C.
     *
     * @param making the shell's commands before
     * @param written files that are written afterwards
     */
    private List<String> told(String making, String source, String... written)
            throws IOException, InterruptedException {
        run(new ProcessBuilder("sh", "-ec", "cd \"$0\"; " + making, root.toString()));
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StrangeNamesTest.class.getName(),
                root.toString(),
                source);
        java.command().addAll(List.of(written));
        java.environment().put("LC_ALL", "C");
        return run(java).lines().toList();
    }

    private static String run(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    /** Run as a program. */
    public static void main(String[] arguments) throws IOException {
        Scene scene = new Scene(Path.of(arguments[0]), arguments[1]);
        List<String> told = new ArrayList<>(scene.settle());
        for (String written : List.of(arguments).subList(2, arguments.length)) {
            told.addAll(scene.write(scene.root.resolve(written), "").pass(Duration.ZERO));
        }
        told.addAll(scene.troubles());
        told.forEach(System.out::println);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v/*.ini", "v"})
    void fileOfThatNameIsRefusedAlone(String source) throws Exception {
        assertEquals(
                List.of("REFUSED r\\ufffd\\ufffdde.ini", "APPEARED web.ini=one"),
                told("mkdir v; printf one > v/web.ini; printf two > v/" + RUDE + ".ini", source));
    }

    @Test
    void directoryThatAPatternMeetsHasVassalsAsOthersHave() throws Exception {
        assertEquals(
                List.of("APPEARED web.ini=one", "APPEARED api.ini=two"),
                told(
                        "mkdir -p srv/a srv/" + RUDE + "; printf one > srv/a/web.ini; printf two > srv/" + RUDE
                                + "/api.ini",
                        "srv/*/*.ini"));
    }

    @Test
    void patternThatAFileAsksForIsWatchedInTheOtherDirectories() throws Exception {
        assertEquals(
                List.of("APPEARED web.ini=0", "EDITED web.ini=1"),
                told("mkdir -p v d/a d/" + RUDE + "; printf \"?$PWD/d/*/x\" > v/web.ini", "v", "d/a/x"));
    }
}
