package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.emperor.jail.FileWatch.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pattern over directories looks only at those that a note concerns or whose time has come, and misses nothing. */
class ManyDirectoriesTest {
    private static final int MANY = 2 * Findings.SMALL_PORTION + 20;
    private static final Duration GLANCE = Duration.ofSeconds(31);

    @TempDir
    Path root;

    private Scene scene;

    @BeforeEach
    void make() throws IOException {
        scene = new Scene(root, "srv/*/*.ini");
        for (int i = 0; i < MANY; i++) {
            Files.createDirectories(directory(i));
            Files.writeString(file(i), "one");
        }
    }

    private Path directory(int number) {
        return scene.root.resolve("srv").resolve("d%03d".formatted(number));
    }

    private Path file(int number) {
        return directory(number).resolve(Scene.name(number));
    }

    private static List<String> each(Function<String, String> word) {
        return Scene.each(MANY, word);
    }

    @Test
    void haveTheirFilesToldInPartsByTheirPathsAndEachOnce() {
        assertEquals(each(name -> "APPEARED " + name + "=one"), scene.settle());
        assertEquals(
                List.of(false, false, true),
                scene.surveys.stream().map(Survey::whole).toList());
        assertEquals(MANY, scene.reads());
    }

    @Test
    void haveFilesEditedAtOnceSeenAllAndReadOnce() {
        scene.settle();
        for (int i = MANY - 1; i >= 0; i--) {
            scene.write(file(i), "two");
        }
        assertEquals(each(name -> "EDITED " + name + "=two"), scene.settle());
        assertEquals(2 * MANY, scene.reads());
    }

    @Test
    void areAllLookedAtWhenNotesWereLost() throws IOException {
        scene.settle();
        for (int i = 0; i < MANY; i++) {
            Files.writeString(file(i), "two");
        }
        scene.watch.note(Kind.OVERFLOW, scene.root, "");
        assertEquals(each(name -> "EDITED " + name + "=two"), scene.settle());
    }

    @Test
    void areAllLookedAtWhenTheTimeComes() throws IOException {
        scene.settle();
        Files.writeString(file(7), "two");
        assertEquals(List.of(), scene.settle());
        assertEquals(List.of("EDITED v007.ini=two"), scene.pass(Sources.RESCAN));
    }

    @Test
    void troubleOfOneLastsWhileOnlyOthersAreLookedAt() throws IOException {
        scene.settle();
        scene.removeTree(directory(3)).makeDirectory(directory(3)).settle();
        List<String> troubles = scene.troubles();
        assertTrue(troubles.toString().contains(directory(3) + " was replaced and has no v003.ini;"));
        assertEquals(List.of("EDITED v005.ini=two"), scene.write(file(5), "two").settle());
        assertEquals(troubles, scene.troubles());
        scene.write(file(3), "two").settle();
        assertEquals(List.of(), scene.troubles());
    }

    @Test
    void troubleEndsWithItsDirectory() {
        scene.settle();
        scene.removeTree(directory(3)).makeDirectory(directory(3)).settle();
        assertEquals(
                List.of("VANISHED v003.ini"), scene.removeTree(directory(3)).settle());
        assertEquals(List.of(), scene.troubles());
    }

    @Test
    void oneThatIsReplacedUnseenIsFoundAtAGlance() throws IOException {
        scene.settle();
        Files.move(directory(4), scene.root.resolve("away"));
        Files.createDirectory(directory(4));
        Files.writeString(file(4), "two");
        assertEquals(List.of("EDITED v004.ini=two"), scene.pass(GLANCE));
    }

    @Test
    void fileElsewhereConcernsAllWhoseFilesAreMadeOfItAndNoOther() {
        Path part = scene.root.resolve("part");
        scene.settle();
        scene.write(part, "one").write(file(1), "+" + part).write(file(2), "+" + part);
        scene.settle();
        int reads = scene.reads();
        assertEquals(
                List.of("EDITED v001.ini=two", "EDITED v002.ini=two"),
                scene.write(part, "two").settle());
        assertEquals(reads + 2, scene.reads());
        scene.write(file(1), "one").settle();
        assertEquals(
                List.of("EDITED v002.ini=three"), scene.write(part, "three").settle());
    }

    @Test
    void pathElsewhereConcernsThoseWhoseFilesAskAboutIt() {
        Path flag = scene.makeDirectory(scene.root.resolve("flags")).root.resolve("flags/up");
        scene.settle();
        scene.write(file(1), "?" + flag).settle();
        assertEquals(List.of("EDITED v001.ini=1"), scene.write(flag, "").settle());
    }

    @Test
    void fileThatALinkLeadsToConcernsTheDirectoryOfTheLink() {
        Path target = scene.root.resolve("elsewhere.ini");
        scene.settle();
        Path link = directory(1).resolve("web.ini");
        scene.write(target, "one")
                .run(() -> Files.createSymbolicLink(link, target))
                .note(Kind.CHANGED, link);
        assertEquals(List.of("APPEARED web.ini=one"), scene.settle());
        assertEquals(List.of("EDITED web.ini=two"), scene.write(target, "two").settle());
    }

    @Test
    void directoryThatALinkLeadsToIsWatchedAndMayBeAnother() throws IOException {
        scene.settle();
        for (String name : List.of("old", "new")) {
            Files.createDirectory(scene.root.resolve(name));
            Files.writeString(scene.root.resolve(name).resolve("web.ini"), name);
        }
        Path link = scene.root.resolve("srv/link");
        scene.run(() -> Files.createSymbolicLink(link, Path.of("../old"))).note(Kind.CHANGED, link);
        assertEquals(List.of("APPEARED web.ini=old"), scene.settle());
        assertEquals(
                List.of("EDITED web.ini=edited"),
                scene.write(scene.root.resolve("old/web.ini"), "edited").settle());
        assertEquals(
                List.of("EDITED web.ini=new"), scene.turnLink(link, "../new").settle());
    }

    @Test
    void oneThatComesBackIsWatchedAgain() {
        scene.settle();
        assertEquals(
                List.of("VANISHED v006.ini"), scene.removeTree(directory(6)).settle());
        assertEquals(MANY, scene.watch.watched().size(), "the others and what they are in");
        scene.makeDirectory(directory(6)).settle();
        assertEquals(
                List.of("APPEARED v006.ini=two"), scene.write(file(6), "two").settle());
        assertEquals(
                List.of("EDITED v006.ini=three"), scene.write(file(6), "three").pass(Duration.ZERO));
    }
}
