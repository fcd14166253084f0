package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    private static final Path LAUNCHER = Path.of("../../emperor");

    @TempDir
    Path place;

    private record Run(int exit, String output) {}

    @Test
    void shippedTreeTellsItsVersion() throws Exception {
        Run run = run(Map.of("JAVA_HOME", System.getProperty("java.home")), Tree.launcher(), "--version");
        assertAll(
                () -> assertEquals(0, run.exit()), () -> assertTrue(run.output().startsWith("emperor "), run::output));
    }

    @Test
    void shippedTreeIsFoundThroughASymbolicLinkAndSpaces() throws Exception {
        Path link = Files.createSymbolicLink(place.resolve("the emperor"), Path.of(Tree.launcher()));
        Run run = run(Map.of("JAVA_HOME", System.getProperty("java.home")), link.toString(), "--version");
        assertEquals(0, run.exit(), run.output());
    }

    @Test
    void javaThatIsTooOldIsRefusedWithoutStartingIt() throws Exception {
        Path old = java("11.0.2");
        Run run = run(Map.of("JAVA_HOME", old.toString()), Tree.launcher(), "status");
        assertAll(
                () -> assertEquals(111, run.exit()),
                () -> assertEquals(
                        "emperor: " + old + " is Java 11.0.2; version 17 or later is needed: set JAVA_HOME\n",
                        run.output()));
    }

    @Test
    void missingJavaIsNamed() throws Exception {
        Run run = run(Map.of("JAVA_HOME", place.toString()), Tree.launcher(), "status");
        assertAll(
                () -> assertEquals(111, run.exit()),
                () -> assertTrue(run.output().contains("no " + place + "/bin/java"), run::output));
    }

    @Test
    void wordsReachTheProgramUnchangedAndAfterTheJvmsOwn() throws Exception {
        String home = java("17.0.1").toString();
        Run run = run(Map.of("JAVA_HOME", home), Tree.launcher(), "plan", "two words", "", "*");
        assertTrue(run.output().endsWith("<org.emperor.cli.Main><plan><two words><><*>\n"), run::output);
    }

    @Test
    void optionsThatOnlyNewerJavasKnowAreGivenOnlyToThem() throws Exception {
        String old = run(Map.of("JAVA_HOME", java("17.0.1").toString()), Tree.launcher())
                .output();
        String recent = run(Map.of("JAVA_HOME", java("25.0.3").toString()), Tree.launcher())
                .output();
        assertAll(
                () -> assertFalse(old.contains("--enable-native-access"), old),
                () -> assertFalse(old.contains("--sun-misc-unsafe-memory-access"), old),
                () -> assertTrue(recent.contains("<--enable-native-access=ALL-UNNAMED>"), recent),
                () -> assertTrue(recent.contains("<--sun-misc-unsafe-memory-access=allow>"), recent));
    }

    @Test
    void daemonWithTooFewOpenFilesIsRefusedInPlainWords() throws Exception {
        assertAll(
                () -> assertEquals(
                        new Run(
                                111,
                                "emperor: only 255 open files are allowed (RLIMIT_NOFILE); the emperor needs 256 at"
                                        + " least: raise LimitNOFILE or ulimit -n\n"),
                        withOpenFiles(255, "run")),
                () -> assertEquals(0, withOpenFiles(256, "run").exit()),
                () -> assertEquals(0, withOpenFiles(255, "status").exit(), "a client needs fewer"));
    }

    private Run withOpenFiles(int most, String role) throws Exception {
        String script = "ulimit -n " + most + " && exec \"$0\" \"$@\"";
        Map<String, String> home = Map.of("JAVA_HOME", java("17.0.1").toString());
        return run(home, "sh", "-c", script, Tree.launcher(), role);
    }

    @Test
    void repositoryIsBuiltOnceAndAgainWhenASourceIsEditedOrRemoved() throws Exception {
        Path source = repository();
        assertTrue(inRepository().output().startsWith("building\n"), "the first time");
        assertFalse(inRepository().output().contains("building"), "nothing is newer");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        assertTrue(inRepository().output().startsWith("building\n"), "an edited source");
        Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
        assertFalse(inRepository().output().contains("building"), "nothing is newer again");
        Files.delete(source);
        Files.setLastModifiedTime(
                source.getParent(), FileTime.from(Instant.now().plusSeconds(4)));
        assertTrue(inRepository().output().startsWith("building\n"), "a removed source");
    }

    @Test
    void buildThatFailsIsTheHostsRefusal() throws Exception {
        repository();
        script(place.resolve("scripts/build"), "echo broken; exit 1");
        Run run = inRepository();
        assertAll(() -> assertEquals(111, run.exit()), () -> assertEquals("broken\n", run.output()));
    }

    private Run inRepository() throws Exception {
        return run(
                Map.of("JAVA_HOME", java("17.0.1").toString()),
                place.resolve("emperor").toString(),
                "status");
    }

    /** A repository in which building takes no time; one of its sources. */
    private Path repository() throws IOException {
        Files.copy(LAUNCHER, place.resolve("emperor"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(place.resolve("pom.xml"));
        for (String module : new String[] {"emperor-core", "emperor-linux", "emperor-linux/dist"}) {
            Files.createDirectories(place.resolve(module + "/src/main"));
            Files.createFile(place.resolve(module + "/pom.xml"));
        }
        Files.createDirectories(place.resolve("vassals-examples/ticker"));
        String target = "emperor-linux/dist/target";
        script(
                place.resolve("scripts/build"),
                "echo building; mkdir -p " + target + "/emperor/lib " + target
                        + "/archives; cp scripts/make-archives " + target + "/emperor/lib/; touch -d '1 second' "
                        + target
                        + "/built");
        script(place.resolve("scripts/make-archives"), "touch -d '1 hour' \"$2-client.jsa\"");
        return Files.createFile(place.resolve("emperor-core/src/main/Source.java"));
    }

    /** A Java that prints its arguments. */
    private Path java(String version) throws IOException {
        Path home = place.resolve("java-" + version);
        if (Files.notExists(home)) {
            script(home.resolve("bin/java"), "printf '<%s>' \"$@\"; echo");
            Files.writeString(
                    home.resolve("release"),
                    "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\nJAVA_RUNTIME_VERSION=\"" + version
                            + "\"\n");
        }
        return home;
    }

    private static void script(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + text + "\n");
        assertTrue(path.toFile().setExecutable(true));
    }

    private static Run run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
