package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real uWSGI's emperor starts its vassals with the arguments, environment and directory that we compute. */
@Tag("kernel")
class UwsgiProgramDifferentialTest {
    private static final String PROGRAM = "uwsgi-core";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Tells what it was given; its name in the end tells that it is all there. */
    private static final String WRAPPER = """
            #!/bin/sh
            { pwd; printf '%s\\n' "$@"; } >"$SEEN/$$.words"
            tr '\\0' '\\n' </proc/$$/environ >"$SEEN/$$.environment"
            mv "$SEEN/$$.words" "$SEEN/$$.seen"
            exec sleep 60
            """;

    @TempDir
    Path root;

    private record Seen(String directory, List<String> arguments, SortedMap<String, String> environment) {}

    @Test
    void realUwsgiStartsItsVassalsAsWeCompute() throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "needs uwsgi-core");
        Path vassals = Files.createDirectory(root.resolve("vassals"));
        List<String> names = List.of("a.ini", "b.xml", "c.yml", "d.yaml", "e.js", "f.json", "g.app", "magic.ini");
        for (String name : names) {
            Files.writeString(vassals.resolve(name), "[uwsgi]\n");
        }
        assertTrue(vassals.resolve("magic.ini").toFile().setExecutable(true));
        UwsgiSettings settings = settings(executable("wrapper", WRAPPER).toString());
        Map<String, String> environment = Map.of(
                "PATH", System.getenv("PATH"),
                "SEEN", Files.createDirectory(root.resolve("seen")).toString(),
                "TOKEN", "a b=c",
                "UWSGI_RELOADS", "3",
                "NOTIFY_SOCKET", "/nowhere");
        Map<String, Seen> seen = watch(emperor(settings, vassals, environment), names);
        for (String name : names) {
            UwsgiProgram ours =
                    UwsgiProgram.of(settings, name, vassals.toString(), name.equals("magic.ini"), environment);
            assertEquals(new Seen(ours.directory(), ours.arguments(), ours.environment()), seen.get(name), name);
        }
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
    }

    private static UwsgiSettings settings(String wrapper) {
        return new UwsgiSettings(
                PROGRAM,
                Optional.of(wrapper),
                List.of("/nowhere/before"),
                List.of("/nowhere/after"),
                List.of("/ib1", "/ib2"),
                List.of("/nb"),
                List.of("a=1", "b=x y=z"),
                List.of("/i"),
                List.of("/n1", "/n2"),
                true,
                List.of(".app"));
    }

    private ProcessBuilder emperor(UwsgiSettings settings, Path vassals, Map<String, String> environment) {
        List<String> words = new ArrayList<>(List.of(PROGRAM, "--emperor", vassals.toString()));
        settings.overrides().forEach(it -> words.addAll(List.of("--emperor-wrapper-override", it)));
        settings.wrapper().ifPresent(it -> words.addAll(List.of("--emperor-wrapper", it)));
        settings.fallbacks().forEach(it -> words.addAll(List.of("--emperor-wrapper-fallback", it)));
        settings.inheritBefore().forEach(it -> words.addAll(List.of("--vassals-inherit-before", it)));
        settings.includeBefore().forEach(it -> words.addAll(List.of("--vassals-include-before", it)));
        settings.set().forEach(it -> words.addAll(List.of("--vassals-set", it)));
        settings.inherit().forEach(it -> words.addAll(List.of("--vassals-inherit", it)));
        settings.include().forEach(it -> words.addAll(List.of("--vassals-include", it)));
        settings.extraExtensions().forEach(it -> words.addAll(List.of("--emperor-extra-extension", it)));
        words.add("--emperor-magic-exec");
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("log").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private Path executable(String name, String text) throws IOException {
        Path file = Files.writeString(root.resolve(name), text);
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }

    /** Runs the emperor until every vassal was started; its death is that of its vassals. */
    private Map<String, Seen> watch(ProcessBuilder emperor, List<String> names)
            throws IOException, InterruptedException {
        Path directory = root.resolve("seen");
        Map<String, Seen> seen = new HashMap<>();
        try (WatchService watch = directory.getFileSystem().newWatchService()) {
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process process = emperor.start();
            try {
                while (seen.size() < names.size()) {
                    WatchKey key = watch.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
                    assertTrue(key != null, () -> "only " + seen.keySet() + "; " + log());
                    key.pollEvents();
                    key.reset();
                    collect(directory, names, seen);
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        return seen;
    }

    private String log() {
        try {
            return Files.readString(root.resolve("log"));
        } catch (IOException none) {
            return none.toString();
        }
    }

    private static void collect(Path directory, List<String> names, Map<String, Seen> seen) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(".seen")).toList();
        }
        for (Path file : files) {
            List<String> words = Files.readAllLines(file);
            SortedMap<String, String> environment = new TreeMap<>();
            for (String variable : Files.readAllLines(Path.of(file.toString().replace(".seen", ".environment")))) {
                String[] parts = variable.split("=", 2);
                environment.put(parts[0], parts[1]);
            }
            assertTrue(environment.remove(UwsgiProgram.EMPEROR_FD).matches("\\d+"), "it has an end of the protocol");
            Seen one = new Seen(words.get(0), words.subList(1, words.size()), environment);
            names.stream()
                    .filter(name -> words.contains(name) || words.contains("exec://" + name))
                    .forEach(name -> seen.put(name, one));
        }
    }
}
