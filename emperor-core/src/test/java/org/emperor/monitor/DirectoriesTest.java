package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.emperor.jail.FileWatch.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that is not what it was stops nobody (C14–C17). */
class DirectoriesTest {
    private static final Duration BLIND = Duration.ofMillis(2100);

    @TempDir
    Path root;

    private Scene scene;

    @BeforeEach
    void reign() throws IOException {
        scene = new Scene(root);
        scene.write("web.ini", "one").write("api.ini", "one").settle();
    }

    @Test
    void removedDirectoryStopsNobodyAndIsATrouble() {
        assertEquals(List.of(), scene.removeTree(scene.vassals).settle());
        assertEquals(
                List.of("cannot look at " + scene.vassals
                        + ": ENOENT (no such file or directory); its vassals run on as they are"),
                scene.troubles());
    }

    @Test
    void directoryThatIsBackWithItsFilesHeals() {
        scene.removeTree(scene.vassals).settle();
        scene.makeDirectory(scene.vassals).settle();
        assertEquals(
                List.of(scene.vassals + " was replaced and has no api.ini, web.ini; their vassals run on;"
                        + " to end one, put its file there and remove it"),
                scene.troubles());
        assertEquals(
                List.of("TOUCHED api.ini=one"), scene.write("api.ini", "one").pass(Duration.ofMillis(1)));
        assertEquals(
                List.of("EDITED web.ini=two"), scene.write("web.ini", "two").pass(Duration.ofMillis(1)));
        assertEquals(List.of(), scene.troubles());
    }

    @Test
    void fileOfAReplacedDirectoryCanStillEndItsVassal() {
        scene.removeTree(scene.vassals).makeDirectory(scene.vassals).settle();
        scene.write("web.ini", "one").settle();
        assertEquals(List.of("VANISHED web.ini"), scene.remove("web.ini").settle());
        assertTrue(
                scene.troubles().get(0).contains("has no api.ini;"),
                scene.troubles().toString());
    }

    @Test
    void removalAndReplacementWithinOneLookStopNobody() {
        scene.removeTree(scene.vassals).makeDirectory(scene.vassals);
        assertEquals(List.of(), scene.settle());
        assertEquals(List.of(), scene.pass(Sources.RESCAN.multipliedBy(3)));
    }

    @Test
    void slowRemovalOfADirectoryStopsNobody() {
        scene.remove("web.ini").pass(Duration.ofMillis(40));
        scene.remove("api.ini").pass(Duration.ofMillis(40));
        assertEquals(List.of(), scene.removeTree(scene.vassals).settle());
    }

    @Test
    void directoryMovedAwayAndBackChangesNothing() {
        Path away = root.resolve("away");
        scene.run(() -> Files.move(scene.vassals, away));
        scene.watch.note(Kind.DIRECTORY_GONE, scene.vassals, "");
        assertEquals(List.of(), scene.settle());
        assertEquals(1, scene.troubles().size());
        scene.run(() -> Files.move(away, scene.vassals)).note(Kind.COMPLETE, scene.vassals);
        assertEquals(List.of(), scene.pass(Duration.ofMillis(1)));
        assertEquals(List.of(), scene.troubles());
        assertEquals(
                List.of("EDITED web.ini=two"), scene.write("web.ini", "two").settle(), "and it is watched again");
    }

    @Test
    void otherDirectoryMovedInItsPlaceStopsNobodyAndIsWatched() {
        Path other = scene.root.resolve("other");
        scene.makeDirectory(other).write(other.resolve("web.ini"), "two").write(other.resolve("new.ini"), "one");
        scene.run(() -> {
            Files.move(scene.vassals, scene.root.resolve("away"));
            Files.move(other, scene.vassals);
        });
        scene.watch.note(Kind.DIRECTORY_GONE, scene.vassals, "");
        assertEquals(List.of("APPEARED new.ini=one", "EDITED web.ini=two"), scene.settle());
        assertEquals(List.of("VANISHED new.ini"), scene.remove("new.ini").settle());
    }

    @Test
    void linkToAnotherDirectoryInItsPlaceStopsNobody() {
        putLinkInPlace(scene);
        assertEquals(List.of(), scene.settle());
        assertTrue(
                scene.troubles().get(0).contains("was replaced and has no api.ini, web.ini;"),
                scene.troubles().toString());
        assertEquals(List.of(), scene.pass(Sources.RESCAN.multipliedBy(3)));
    }

    private static void putLinkInPlace(Scene scene) {
        scene.makeDirectory(scene.root.resolve("empty")).removeTree(scene.vassals);
        scene.run(() -> Files.createSymbolicLink(scene.vassals, Path.of("empty")))
                .note(Kind.CHANGED, scene.vassals);
    }

    @Test
    void directoryInPlaceOfALinkToOneStopsNobody() throws IOException {
        Scene linked = new Scene(root.resolve("linked"), "current");
        linked.link("../current", "vassals").write("web.ini", "one").settle();
        Path current = linked.root.resolve("current");
        linked.run(() -> Files.delete(current)).makeDirectory(current);
        assertEquals(List.of(), linked.settle());
        assertEquals(1, linked.troubles().size());
    }

    @Test
    void linkInPlaceOfADirectoryBelowALinkStopsNobody() throws IOException {
        Scene below = new Scene(root.resolve("below"), "etc/vassals");
        below.link("../etc", ".");
        assertEquals(
                List.of("APPEARED web.ini=one"), below.write("web.ini", "one").settle());
        putLinkInPlace(below);
        assertEquals(List.of(), below.settle());
        assertEquals(1, below.troubles().size());
    }

    @Test
    void replacementThatNoNoteTellsOfIsFoundByTheRescan() {
        Path other = scene.root.resolve("other");
        scene.makeDirectory(other);
        scene.run(() -> {
            Files.move(scene.vassals, scene.root.resolve("away"));
            Files.move(other, scene.vassals);
        });
        assertEquals(List.of(), scene.pass(Sources.RESCAN.plusSeconds(1)), "as a mount over it looks");
        assertTrue(scene.troubles().get(0).contains("was replaced"));
        assertEquals(
                List.of("EDITED web.ini=two"),
                scene.write("web.ini", "two").pass(Duration.ZERO),
                "the new one is watched");
    }

    @Test
    void directoryThatBecomesAFileOrALoopStopsNobody() {
        scene.removeTree(scene.vassals).run(() -> Files.writeString(scene.vassals, "a file"));
        assertEquals(List.of(), scene.settle());
        assertTrue(scene.troubles().get(0).contains("ENOTDIR"), scene.troubles().toString());
        scene.run(() -> {
            Files.delete(scene.vassals);
            Files.createSymbolicLink(scene.vassals, scene.vassals);
        });
        assertEquals(List.of(), scene.pass(BLIND));
        assertTrue(
                scene.troubles().get(0).contains("symbolic links"),
                scene.troubles().toString());
    }

    @Test
    void directoryThatDoesNotExistYetIsAwaitedWithoutRescan() throws IOException {
        Scene later = new Scene(root.resolve("late"), "vassals/deep/below");
        assertEquals(List.of(), later.settle());
        assertEquals(1, later.troubles().size());
        Path deep = later.vassals.resolve("deep/below");
        later.makeDirectory(later.vassals.resolve("deep")).pass(Duration.ofMillis(1));
        later.makeDirectory(deep).pass(Duration.ofMillis(1));
        assertEquals(
                List.of("APPEARED web.ini=one"),
                later.write(deep.resolve("web.ini"), "one").pass(Duration.ofMillis(1)));
        assertEquals(List.of(), later.troubles());
        assertEquals(Set.of(deep), later.watch.watched(), "the way there is watched no more");
    }

    @Test
    void withoutAWatchItIsListedEveryTwoSecondsUntilTheWatchWorks() throws IOException {
        Scene blind = new Scene(root.resolve("blind"));
        blind.watch.failWith("inotify_add_watch: ENOSPC (no space left on device)");
        blind.settle();
        assertEquals(
                List.of("cannot watch " + blind.vassals
                        + ": inotify_add_watch: ENOSPC (no space left on device); it is listed every 2 s instead"),
                blind.troubles());
        assertEquals(
                List.of("APPEARED web.ini=one"), blind.write("web.ini", "one").pass(BLIND));
        assertEquals(
                List.of("EDITED web.ini=two"), blind.write("web.ini", "two").pass(BLIND));
        assertEquals(List.of("VANISHED web.ini"), blind.remove("web.ini").pass(BLIND.plusMillis(60)));
        blind.watch.work();
        blind.pass(BLIND);
        assertEquals(List.of(), blind.troubles());
        assertEquals(
                List.of("APPEARED web.ini=one"), blind.write("web.ini", "one").pass(Duration.ZERO));
    }

    @Test
    void onlyTheDirectoryIsWatchedInCalmTimes() {
        assertEquals(Set.of(scene.vassals), scene.watch.watched());
    }
}
