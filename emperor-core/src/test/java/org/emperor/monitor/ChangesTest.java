package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.emperor.jail.FileWatch.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as a change of a vassal file, whichever way it came about (C03–C05, C07–C11, C18–C20). */
class ChangesTest {
    private static final FileTime OLD = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
    private static final Duration RESCAN = Sources.RESCAN.plusSeconds(1);

    @TempDir
    Path root;

    private Scene scene;

    @BeforeEach
    void reign() throws IOException {
        scene = new Scene(root);
    }

    @Test
    void firstSurveyHoldsAllThatExistsInOrder() {
        scene.write("web.ini", "one").write("api.ini", "two").write("db.ini", "bad");
        assertEquals(
                List.of("APPEARED api.ini=two", "REFUSED db.ini", "APPEARED web.ini=one"), scene.pass(Duration.ZERO));
        assertEquals(1, scene.surveys.size());
    }

    @Test
    void firstSurveyOfAnEmptyDirectoryIsToldToo() {
        scene.settle();
        assertEquals(List.of(new Survey(List.of(), List.of(), true)), scene.surveys);
    }

    @Test
    void vimLeavesNothingButAnEdit() {
        scene.write("web.ini", "one").settle();
        scene.write(".web.ini.swp", "x")
                .write("4913", "")
                .remove("4913")
                .rename("web.ini", "web.ini~")
                .writePart("web.ini", "two")
                .note(Kind.COMPLETE, scene.file("web.ini"))
                .remove("web.ini~")
                .remove(".web.ini.swp");
        assertEquals(List.of("EDITED web.ini=two"), scene.settle());
    }

    @Test
    void temporaryFilesOfOthersAreNotEvenRead() {
        for (String name :
                List.of("#web.ini#", "web.ini~", "web.ini.dpkg-new", "web.ini.rpmsave", "web.ini.ucf-dist")) {
            scene.write(name, "one");
        }
        assertEquals(List.of(), scene.link(".#web.ini", "user@host.1:2").settle());
        assertEquals(0, scene.reads());
    }

    @Test
    void afterAnOverflowTheDirectoryIsTheTruth() {
        scene.write("web.ini", "one")
                .write("api.ini", "one")
                .write("db.ini", "one")
                .settle();
        scene.run(() -> {
            Files.writeString(scene.file("new.ini"), "one");
            Files.writeString(scene.file("api.ini"), "two");
            Files.delete(scene.file("db.ini"));
        });
        assertEquals(List.of(), scene.settle(), "nobody told");
        scene.watch.note(Kind.OVERFLOW, Path.of("/"), "");
        assertEquals(List.of("EDITED api.ini=two", "APPEARED new.ini=one", "VANISHED db.ini"), scene.settle());
    }

    @Test
    void tenThousandFilesAreReadOnceEachAndToldInTwentyParts() {
        scene.settle();
        scene.run(() -> {
            for (int i = 0; i < 10_000; i++) {
                scene.write("v" + i + ".ini", "one");
            }
        });
        assertEquals(10_000, Set.copyOf(scene.settle()).size());
        assertEquals(1 + 20, scene.surveys.size());
        scene.write("one-more.ini", "one").settle();
        assertEquals(10_001, scene.reads());
    }

    @Test
    void editOfTheSameSizeAndModificationTimeIsSeen() throws IOException {
        scene.write("web.ini", "one").settle();
        FileTime time = Files.getLastModifiedTime(scene.file("web.ini"));
        scene.run(() -> {
            Files.writeString(scene.file("web.ini"), "two");
            Files.setLastModifiedTime(scene.file("web.ini"), time);
        });
        assertEquals(List.of("EDITED web.ini=two"), scene.pass(RESCAN), "by the change time, without a note");
    }

    @Test
    void noteIsAnsweredByAReadingEvenIfNoTimeStampMoved() {
        scene.write("web.ini", "one").settle();
        assertEquals(List.of(), scene.note(Kind.COMPLETE, scene.file("web.ini")).settle());
        assertEquals(2, scene.reads(), "two edits fit into one tick of the kernel's clock");
    }

    @Test
    void replacementByAnOlderFileIsSeen() {
        scene.write("web.ini", "one").settle();
        scene.write("older", "two").touch("older", OLD).rename("older", "web.ini");
        assertEquals(List.of("EDITED web.ini=two"), scene.settle());
    }

    @Test
    void touchInEitherDirectionIsATouch() {
        scene.write("web.ini", "one").settle();
        assertEquals(List.of("TOUCHED web.ini=one"), scene.touch("web.ini", OLD).settle());
        FileTime later = FileTime.from(Instant.now().plusSeconds(60));
        assertEquals(
                List.of("TOUCHED web.ini=one"), scene.touch("web.ini", later).settle());
        assertEquals(List.of(), scene.touch("web.ini", later).settle(), "the same time again is none");
    }

    @Test
    void changeOfModeIsNoChange() {
        scene.write("web.ini", "one").settle();
        scene.run(() -> scene.file("web.ini").toFile().setExecutable(true)).note(Kind.CHANGED, scene.file("web.ini"));
        assertEquals(List.of(), scene.settle());
    }

    @Test
    void renameStopsTheOldBeforeItStartsTheNew() {
        scene.write("web.ini", "one").settle();
        scene.rename("web.ini", "api.ini");
        assertEquals(List.of("VANISHED web.ini", "APPEARED api.ini=one"), scene.pass(Duration.ZERO));
        assertEquals(2, scene.surveys.size(), "in one survey");
    }

    @Test
    void renameFoundByARescanIsOneToo() {
        scene.write("web.ini", "one").settle();
        scene.run(() -> Files.move(scene.file("web.ini"), scene.file("api.ini")));
        assertEquals(List.of("VANISHED web.ini", "APPEARED api.ini=one"), scene.pass(RESCAN));
        assertEquals(2, scene.surveys.size(), "in one survey");
    }

    @Test
    void renameOverAnotherVassalsFileIsAnEditOfThatOne() {
        scene.write("web.ini", "one").write("api.ini", "two").settle();
        assertEquals(
                List.of("EDITED api.ini=one", "VANISHED web.ini"),
                scene.rename("web.ini", "api.ini").settle());
    }

    @Test
    void removedFileIsGoneSoon() {
        scene.write("web.ini", "one").settle();
        assertEquals(List.of("VANISHED web.ini"), scene.remove("web.ini").pass(Duration.ofMillis(60)));
    }

    @Test
    void allFilesRemovedFromADirectoryThatStaysAreGone() {
        scene.write("web.ini", "one").write("api.ini", "one").settle();
        assertEquals(
                List.of("VANISHED api.ini", "VANISHED web.ini"),
                scene.remove("api.ini").remove("web.ini").settle());
        assertEquals(List.of(), scene.troubles());
    }

    @Test
    void removedAndRecreatedIsAnEdit() {
        scene.write("web.ini", "one").settle();
        scene.remove("web.ini").pass(Duration.ofMillis(20));
        assertEquals(
                List.of("EDITED web.ini=two"), scene.write("web.ini", "two").settle());
    }

    @Test
    void comesBackAfterItWasGone() {
        scene.write("web.ini", "one").settle();
        scene.remove("web.ini").settle();
        assertEquals(
                List.of("APPEARED web.ini=one"), scene.write("web.ini", "one").settle());
    }

    @Test
    void badEditIsRefusedOnceAndAGoodOneClearsIt() {
        scene.write("web.ini", "one").settle();
        assertEquals(List.of("REFUSED web.ini"), scene.write("web.ini", "bad").settle());
        assertEquals(List.of(), scene.pass(RESCAN), "no repetition");
        assertEquals(List.of("REFUSED web.ini"), scene.write("web.ini", "bad 2").settle());
        assertEquals(
                List.of("EDITED web.ini=two"), scene.write("web.ini", "two").settle());
    }

    @Test
    void badEditTakenBackIsATouch() {
        scene.write("web.ini", "one").settle();
        scene.write("web.ini", "bad").settle();
        assertEquals(
                List.of("TOUCHED web.ini=one"), scene.write("web.ini", "one").settle());
    }

    @Test
    void refusedFileThatIsRemovedVanishes() {
        scene.write("web.ini", "bad").settle();
        assertEquals(List.of("VANISHED web.ini"), scene.remove("web.ini").settle());
    }

    @Test
    void fileNameThatIsNoVassalsIsRefusedAndShownEscaped() {
        scene.write("a b\u001b[2J.ini", "one");
        assertEquals(List.of("REFUSED a b\\u001b[2J.ini"), scene.settle());
        Change change = scene.surveys.get(0).changes().get(0);
        assertTrue(change.name().isEmpty());
        assertTrue(change.problems().get(0).toString().contains("a b\\u001b[2J.ini"));
        assertEquals(
                List.of("VANISHED a b\\u001b[2J.ini(nobody)"),
                scene.remove("a b\u001b[2J.ini").settle());
    }

    @Test
    void whateverHappenedTheReaderEndsUpWithWhatIsThere() {
        Random random = new Random(7);
        Map<String, String> expected = new HashMap<>();
        for (int i = 0; i < 2000; i++) {
            String name = "v" + random.nextInt(8) + ".ini";
            String content = "" + random.nextInt(4);
            if (random.nextInt(3) > 0) {
                scene.write(name, content);
                expected.put(name, content);
            } else if (expected.remove(name) != null) {
                scene.remove(name);
            }
            scene.pass(Duration.ofMillis(random.nextInt(60)));
        }
        scene.settle();
        assertEquals(expected, state());
    }

    /** The state a loop would have that applied all changes. */
    private Map<String, String> state() {
        Map<String, String> state = new HashMap<>();
        scene.surveys.stream().flatMap(survey -> survey.changes().stream()).forEach(change -> {
            switch (change.kind()) {
                case APPEARED, EDITED, TOUCHED ->
                    state.put(change.id(), change.spec().orElseThrow().digest());
                case VANISHED -> state.remove(change.id());
                case REFUSED -> throw new AssertionError("refused " + change);
            }
        });
        return state;
    }

    @Test
    void nothingHappensWhileNothingChanges() {
        IntStream.range(0, 10).forEach(i -> scene.write("v" + i + ".ini", "one"));
        scene.settle();
        assertEquals(List.of(), scene.pass(Duration.ofMinutes(10)));
        assertEquals(10, scene.reads());
        assertEquals(1, scene.surveys.size());
    }

    @Test
    void fileThatTheEmperorFailsToReadIsRefusedAndTriedAgainAndTheOthersAreRead() {
        scene.write("a.ini", "one").write("b.ini", "defect").write("c.ini", "one");
        assertEquals(List.of("APPEARED a.ini=one", "REFUSED b.ini", "APPEARED c.ini=one"), scene.settle());
        assertEquals(List.of(), scene.troubles());

        int reads = scene.reads.get(scene.file("b.ini"));
        scene.pass(Duration.ofSeconds(31));
        assertEquals(reads + 1, scene.reads.get(scene.file("b.ini")));
        assertEquals(List.of("APPEARED b.ini=one"), scene.write("b.ini", "one").settle());
    }
}
