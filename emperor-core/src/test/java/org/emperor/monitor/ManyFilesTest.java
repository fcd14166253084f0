package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More files than are read at one look: some are told while the others are still to be read. */
class ManyFilesTest {
    private static final int MANY = 2 * Findings.SMALL_PORTION + 20;

    @TempDir
    Path root;

    private Scene scene;

    @BeforeEach
    void make() throws IOException {
        scene = new Scene(root, "vassals", "more", "pattern*/*.ini");
        fill("vassals", "one");
    }

    private void fill(String directory, String content) throws IOException {
        Path made = Files.createDirectories(scene.root.resolve(directory));
        for (int i = 0; i < MANY; i++) {
            Files.writeString(made.resolve(Scene.name(i)), content);
        }
    }

    private static List<String> each(Function<String, String> word) {
        return Scene.each(MANY, word);
    }

    private static List<Boolean> wholes(List<Survey> surveys) {
        return surveys.stream().map(Survey::whole).toList();
    }

    @Test
    void areToldInPartsAndEachOnce() {
        List<String> told = scene.settle();
        assertAll(
                () -> assertEquals(each(name -> "APPEARED " + name + "=one"), told),
                () -> assertEquals(
                        Findings.SMALL_PORTION, scene.surveys.get(0).changes().size()),
                () -> assertEquals(List.of(false, false, true), wholes(scene.surveys)),
                () -> assertEquals(MANY, scene.reads()));
    }

    @Test
    void ofAnEarlierSourcePrecedeThoseOfLaterOnesAllTheSame() throws IOException {
        fill("more", "two");
        fill("pattern", "three");
        List<String> told = scene.settle();
        assertEquals(each(name -> "APPEARED " + name + "=one"), told.subList(0, MANY));
        assertTrue(
                told.stream().skip(MANY).allMatch(word -> word.startsWith("REFUSED")),
                () -> "another of the same name was in force before: " + told);
    }

    @Test
    void editedAtOnceAreAllSeen() throws IOException {
        scene.settle();
        for (int i = 0; i < MANY; i++) {
            scene.write(Scene.name(i), "two");
        }
        assertEquals(each(name -> "EDITED " + name + "=two"), scene.settle());
    }

    @Test
    void renamedAtOnceStopAndStart() throws IOException {
        scene.settle();
        for (int i = 0; i < MANY; i++) {
            scene.rename(Scene.name(i), "w" + Scene.name(i));
        }
        List<String> told = scene.settle();
        assertEquals(
                each(name -> "VANISHED " + name),
                told.stream().filter(word -> word.startsWith("V")).sorted().toList());
        assertEquals(
                each(name -> "APPEARED w" + name + "=one"),
                told.stream().filter(word -> word.startsWith("A")).sorted().toList());
    }

    @Test
    void lostNotesInBetweenLoseNoFile() {
        scene.watch.note(org.emperor.jail.FileWatch.Kind.OVERFLOW, scene.root, "");
        assertEquals(each(name -> "APPEARED " + name + "=one"), scene.settle());
        assertFalse(wholes(scene.surveys).isEmpty());
    }

    @Test
    void removedBeforeTheyWereReadNeverAppear() throws IOException {
        Scene fresh = scene;
        fresh.watch.horizon(fresh.clock.get());
        List<String> first = fresh.pass(java.time.Duration.ZERO);
        for (int i = first.size(); i < MANY; i++) {
            fresh.remove(Scene.name(i));
        }
        List<String> rest = fresh.settle();
        assertTrue(rest.stream().noneMatch(word -> word.startsWith("APPEARED")), () -> rest + "");
    }
}
