package org.emperor.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class OwnRootTest {

    @TempDir
    Path place;

    @Test
    void programSeesOnlyTheSmallTree() throws Exception {
        Path root = place.resolve("own-root");
        makeRootAsTheReadmeSays(root);
        try (Reign reign = Reign.begin(place)) {
            reign.install("own-root", "/srv/own-root", root.toString());
            reign.awaitFrom("own-root", "host own-root, pid 2, uid 65534; / holds: bin dev inside.sh proc ");
            reign.awaitFrom("own-root", "mounts: / /proc /dev ");
            reign.awaitFrom("own-root", "interfaces: lo ");
        }
        assertEquals(0, countMounts(root), "mounts of the jail are seen outside");
    }

    private static void makeRootAsTheReadmeSays(Path root) throws Exception {
        Path example = Path.of("own-root").toRealPath();
        String commands = Files.readString(example.resolve("README.md"))
                .lines()
                .filter(line -> line.startsWith("    ") && !line.contains("/etc/vassals"))
                .map(line -> line.replace("/srv/own-root", root.toString()))
                .collect(Collectors.joining("\n", "set -e\n", ""));
        Process shell = Launcher.prepared(List.of("sh", "-c", commands))
                .directory(example.toFile())
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor(), output);
    }

    private static long countMounts(Path root) throws Exception {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(root.toString()))
                .count();
    }
}
