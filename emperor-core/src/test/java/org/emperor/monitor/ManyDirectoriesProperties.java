package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.emperor.jail.FileWatch.Kind;

/** Whatever is done to the directories of a pattern and to what their files are made of: in force is what is there. */
class ManyDirectoriesProperties {
    /** No look at everything comes so soon. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);

    private static final Duration LONGER_THAN_A_GRACE = Duration.ofSeconds(1);

    @Property(tries = 200)
    void inForceIsWhatIsThere(
            @ForAll @Size(max = 40) List<@IntRange(max = 10) Integer> deeds,
            @ForAll @Size(value = 40) List<@IntRange(max = 7) Integer> places)
            throws IOException {
        Path root = Files.createTempDirectory("many");
        try {
            Scene scene = new Scene(root, "srv/*/*.ini");
            scene.makeDirectory(scene.root.resolve("srv"));
            scene.write(part(scene), "part").write(target(scene), "target");
            List<String> told = new ArrayList<>();
            for (int i = 0; i < deeds.size(); i++) {
                int place = places.get(i);
                Path directory = scene.root.resolve("srv/d" + place / 2);
                told.addAll(act(scene, deeds.get(i), directory, directory.resolve("v" + place + ".ini"), "t" + i));
            }
            told.addAll(scene.pass(LONG_ENOUGH));
            assertEquals(there(scene), inForce(told), () -> deeds + " at " + places + ": " + told);
            assertEquals(List.of(), scene.troubles());
        } finally {
            delete(root);
        }
    }

    private static Path part(Scene scene) {
        return scene.root.resolve("part");
    }

    private static Path target(Scene scene) {
        return scene.root.resolve("target");
    }

    /** Tells what was seen meanwhile. */
    private static List<String> act(Scene scene, int deed, Path directory, Path file, String text) throws IOException {
        switch (deed) {
            case 0, 1 -> write(scene, directory, file, text);
            case 2, 3 -> write(scene, directory, file, "+" + part(scene));
            case 4 -> link(scene, directory, file);
            case 5 -> scene.write(part(scene), text);
            case 6 -> scene.write(target(scene), text);
            case 7 -> remove(scene, file);
            case 8 -> scene.watch.note(Kind.OVERFLOW, scene.root, "");
            case 9 -> {
                return scene.pass(Duration.ofMillis(20));
            }
            default -> {
                List<String> told = new ArrayList<>(scene.pass(LONGER_THAN_A_GRACE));
                if (Files.isDirectory(directory)) {
                    told.addAll(scene.removeTree(directory).pass(LONGER_THAN_A_GRACE));
                }
                return told;
            }
        }
        return List.of();
    }

    private static void write(Scene scene, Path directory, Path file, String content) throws IOException {
        make(scene, directory);
        if (Files.isSymbolicLink(file)) {
            remove(scene, file);
        }
        scene.write(file, content);
    }

    private static void link(Scene scene, Path directory, Path file) throws IOException {
        make(scene, directory);
        remove(scene, file);
        scene.run(() -> Files.createSymbolicLink(file, target(scene))).note(Kind.CHANGED, file);
    }

    private static void make(Scene scene, Path directory) {
        if (!Files.isDirectory(directory)) {
            scene.makeDirectory(directory);
        }
    }

    private static void remove(Scene scene, Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            scene.note(Kind.CHANGED, file);
        }
    }

    private static Map<String, String> inForce(List<String> told) {
        Map<String, String> inForce = new TreeMap<>();
        for (String word : told) {
            String[] parts = word.split("[ =]", 3);
            if (parts[0].equals("VANISHED")) {
                inForce.remove(parts[1]);
            } else {
                inForce.put(parts[1], parts[2]);
            }
        }
        return inForce;
    }

    private static Map<String, String> there(Scene scene) throws IOException {
        Map<String, String> there = new TreeMap<>();
        try (Stream<Path> files = Files.find(scene.root.resolve("srv"), 2, (file, how) -> !how.isDirectory())) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                there.put(file.getFileName().toString(), text.startsWith("+") ? Files.readString(part(scene)) : text);
            }
        }
        return there;
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
