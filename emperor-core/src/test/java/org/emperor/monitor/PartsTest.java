package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.jail.FileWatch.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vassal file means what the files it is made of mean, and is read again when they change. */
class PartsTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final FileTime TIME = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path root;

    private Scene scene;
    private Path shared;
    private Path common;

    @BeforeEach
    void reign() throws IOException {
        scene = new Scene(root);
        shared = scene.root.resolve("shared");
        common = shared.resolve("common");
        scene.makeDirectory(shared).write(common, "c1");
    }

    private Scene web() {
        return scene.write("web.ini", "one +" + common);
    }

    @Test
    void editOfAnIncludeIsAnEditOfEveryFileMadeOfItAndOfNoOther() {
        web().write("api.ini", "two +" + common).write("db.ini", "three").settle();
        scene.write(common, "c2");
        assertEquals(
                List.of("EDITED api.ini=two c2", "EDITED web.ini=one c2"),
                scene.pass(SOON).stream().sorted().toList());
        assertEquals(1, scene.reads.get(scene.file("db.ini")));
    }

    @Test
    void renameOverAnIncludeIsAnEdit() {
        web().settle();
        scene.write(shared.resolve("fresh"), "c2").rename(shared.resolve("fresh"), common);
        assertEquals(List.of("EDITED web.ini=one c2"), scene.pass(SOON));
        scene.write(shared.resolve("fresh"), "c3").rename(shared.resolve("fresh"), common);
        assertEquals(List.of("EDITED web.ini=one c3"), scene.settle());
    }

    @Test
    void touchOfAnIncludeAndAnEditThatMeansTheSameAreNothing() {
        web().settle();
        scene.run(() -> Files.setLastModifiedTime(common, TIME)).note(Kind.CHANGED, common);
        assertEquals(List.of(), scene.settle());
        assertEquals(List.of(), scene.write(common, "c1").settle());
        assertEquals(
                List.of("TOUCHED web.ini=one c1"), scene.touch("web.ini", TIME).settle());
    }

    @Test
    void missingIncludeRefusesUntilItAppears() {
        Path later = shared.resolve("later");
        assertEquals(
                List.of("REFUSED web.ini"),
                scene.write("web.ini", "one +" + later).settle());
        assertEquals(
                List.of("APPEARED web.ini=one c1"), scene.write(later, "c1").pass(SOON));
    }

    @Test
    void includeInADirectoryThatIsMissingTooIsFound() {
        Path deep = scene.root.resolve("a").resolve("b").resolve("c");
        scene.write("web.ini", "one +" + deep).settle();
        scene.makeDirectory(scene.root.resolve("a")).settle();
        scene.makeDirectory(deep.getParent()).settle();
        assertEquals(List.of("APPEARED web.ini=one c1"), scene.write(deep, "c1").settle());
    }

    @Test
    void correctedIncludeHealsARunningVassalsFile() {
        web().settle();
        assertEquals(List.of("REFUSED web.ini"), scene.write(common, "bad").settle());
        assertEquals(
                List.of("TOUCHED web.ini=one c1"), scene.write(common, "c1").settle());
        assertEquals(
                List.of("REFUSED web.ini"),
                scene.run(() -> Files.delete(common)).note(Kind.CHANGED, common).settle());
        assertEquals(List.of("EDITED web.ini=one c2"), scene.write(common, "c2").settle());
    }

    @Test
    void directoryThatIsReplacedUnderAnIncludeIsSeen() {
        web().settle();
        Path other = scene.root.resolve("other");
        scene.makeDirectory(other).write(other.resolve("common"), "c2");
        scene.removeTree(shared).settle();
        assertEquals(
                List.of("EDITED web.ini=one c2"), scene.rename(other, shared).settle());
        assertEquals(List.of("EDITED web.ini=one c3"), scene.write(common, "c3").settle());
    }

    @Test
    void linkOnTheWayToAnIncludeIsFollowed() {
        scene.write(shared.resolve("v2"), "c2");
        Path link = shared.resolve("current");
        scene.run(() -> Files.createSymbolicLink(link, Path.of("common")));
        scene.write("web.ini", "one +" + link).settle();
        assertEquals(
                List.of("EDITED web.ini=one c2"), scene.turnLink(link, "v2").settle());
        assertEquals(
                List.of("EDITED web.ini=one c3"),
                scene.write(shared.resolve("v2"), "c3").settle());
        assertEquals(List.of(), scene.write(common, "c4").settle(), "nothing leads there any more");
    }

    @Test
    void halfWrittenIncludeDisturbsNobodyUntilItIsWhole() {
        web().settle();
        scene.watch.quiet(common, Optional.of(false));
        scene.run(() -> Files.writeString(common, "ha")).note(Kind.CHANGED, common);
        assertEquals(List.of(), scene.settle());
        assertEquals(
                List.of("EDITED web.ini=one half"), scene.write(common, "half").pass(SOON));
        scene.run(() -> Files.writeString(common, "la")).note(Kind.CHANGED, common);
        assertEquals(List.of(), scene.settle());
        scene.watch.quiet(common, Optional.of(true));
        assertEquals(List.of("EDITED web.ini=one la"), scene.settle(), "found although no note told of the close");
    }

    @Test
    void newFileWhoseIncludeIsHalfWrittenWaitsForIt() {
        scene.watch.quiet(common, Optional.of(false));
        assertEquals(List.of(), web().settle());
        assertEquals(
                List.of("APPEARED web.ini=one c2"), scene.write(common, "c2").settle());
    }

    @Test
    void includeWithoutLeasesIsWholeWhenItWasQuiet() {
        web().settle();
        scene.watch.quiet(common, Optional.empty());
        scene.run(() -> Files.writeString(common, "c2")).note(Kind.CHANGED, common);
        assertEquals(List.of(), scene.pass(Completeness.QUIET.minusMillis(1)));
        assertEquals(List.of("EDITED web.ini=one c2"), scene.pass(SOON));
    }

    @Test
    void includeThatChangesBeforeAnybodyWatchesItIsReadAgain() {
        scene.afterPart(() -> scene.write(common, "c2"));
        assertEquals(List.of("APPEARED web.ini=one c1", "EDITED web.ini=one c2"), web().settle());
        assertEquals(2, scene.reads());
        scene.write("api.ini", "two +" + common).settle();
        assertEquals(1, scene.reads.get(scene.file("api.ini")), "it is watched now");
    }

    @Test
    void changeWithoutANoteIsFoundByTheNextLookAtAll() {
        web().settle();
        scene.run(() -> Files.writeString(common, "longer"));
        assertEquals(List.of(), scene.settle());
        assertEquals(List.of("EDITED web.ini=one longer"), scene.pass(Sources.RESCAN));
        int reads = scene.reads();
        assertEquals(List.of(), scene.pass(Sources.RESCAN));
        assertEquals(reads, scene.reads());
    }

    @Test
    void lostNotesLoseNoEditOfAnInclude() {
        web().settle();
        scene.run(() -> Files.writeString(common, "longer"));
        scene.watch.note(Kind.OVERFLOW, scene.root, "");
        assertEquals(List.of("EDITED web.ini=one longer"), scene.settle());
    }

    @Test
    void stormOfEditsOfAnIncludeIsFewReadingsAndTheLastOneCounts() {
        web().settle();
        int edits = 0;
        for (int i = 1; i <= 1000; i++) {
            edits += scene.write(common, "" + i).pass(SOON).size();
        }
        List<String> last = scene.settle();
        assertTrue(edits + last.size() <= 10, edits + " edits");
        assertEquals(List.of("EDITED web.ini=one 1000"), last);
    }

    @Test
    void includeOfAThousandIsLookedAtOnce() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            scene.write("v" + i + ".ini", i + " +" + common);
            expected.add("EDITED v" + i + ".ini=" + i + " c2");
        }
        assertEquals(1000, scene.settle().size());
        int reads = scene.reads();
        int asked = scene.watch.asked(common);
        scene.run(() -> Files.writeString(common, "c2")).note(Kind.CHANGED, common);
        List<String> told = scene.settle();
        assertEquals(Set.copyOf(expected), Set.copyOf(told));
        assertEquals(1000, told.size());
        assertEquals(reads + 1000, scene.reads());
        assertEquals(asked + 1, scene.watch.asked(common));
    }

    @Test
    void filesMadeOfOneAnotherRest() {
        Path web = scene.file("web.ini");
        Path api = scene.file("api.ini");
        scene.write(api, "two").write(web, "one +" + api).settle();
        scene.write(api, "bad +" + web);
        assertEquals(
                List.of("REFUSED api.ini", "REFUSED web.ini"),
                scene.settle().stream().sorted().toList());
        int reads = scene.reads();
        assertEquals(List.of(), scene.settle());
        assertEquals(reads, scene.reads());
        scene.write(api, "three");
        assertEquals(
                List.of("EDITED api.ini=three", "EDITED web.ini=one three"),
                scene.settle().stream().sorted().toList());
    }

    @Test
    void whatNobodyIsMadeOfAnyMoreIsNotWatched() {
        web().write("api.ini", "two +" + common).settle();
        assertTrue(scene.watch.watched().contains(shared));
        scene.write("web.ini", "one").settle();
        assertTrue(scene.watch.watched().contains(shared));
        scene.remove("api.ini").settle();
        assertFalse(scene.watch.watched().contains(shared));
        assertEquals(List.of(), scene.write(common, "c2").settle());
    }
}
