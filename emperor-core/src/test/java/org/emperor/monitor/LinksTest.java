package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a symbolic link leads to is what counts, and whatever turns it is noticed at once (C12, C13). */
class LinksTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final FileTime TIME = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path root;

    private Scene scene;
    private Path available;

    @BeforeEach
    void reign() throws IOException {
        scene = new Scene(root);
        available = scene.root.resolve("available");
        scene.makeDirectory(available).write(available.resolve("a"), "one").write(available.resolve("b"), "two");
        scene.run(() -> {
            Files.setLastModifiedTime(available.resolve("a"), TIME);
            Files.setLastModifiedTime(available.resolve("b"), TIME);
        });
    }

    @Test
    void turnedLinkToAFileOfTheSameTimeIsAnEdit() {
        scene.link("web.ini", "../available/a").settle();
        scene.turnLink(scene.file("web.ini"), "../available/b");
        assertEquals(List.of("EDITED web.ini=two"), scene.pass(SOON));
    }

    @Test
    void editOfTheTargetIsSeenAtOnce() {
        scene.link("web.ini", "../available/a").settle();
        scene.write(available.resolve("a"), "three");
        assertEquals(List.of("EDITED web.ini=three"), scene.pass(SOON));
        scene.write(available.resolve("fresh"), "four").rename(available.resolve("fresh"), available.resolve("a"));
        assertEquals(List.of("EDITED web.ini=four"), scene.settle());
    }

    @Test
    void removedLinkEndsItsVassalAndTheWatchOnTheTarget() {
        scene.link("web.ini", "../available/a").settle();
        assertEquals(Set.of(scene.vassals, available), scene.watch.watched());
        assertEquals(List.of("VANISHED web.ini"), scene.remove("web.ini").settle());
        assertEquals(Set.of(scene.vassals), scene.watch.watched());
    }

    @Test
    void turnedParentLinkIsAnEditOfAllBelowIt() throws IOException {
        for (String version : List.of("..1", "..2")) {
            scene.makeDirectory(scene.file(version));
            scene.write(scene.file(version + "/web.ini"), "web" + version);
            scene.write(scene.file(version + "/api.ini"), "api");
        }
        scene.link("..data", "..1").link("web.ini", "..data/web.ini").link("api.ini", "..data/api.ini");
        assertEquals(List.of("APPEARED api.ini=api", "APPEARED web.ini=web..1"), scene.settle());
        FileTime same = Files.getLastModifiedTime(scene.file("..1/api.ini"));
        scene.run(() -> Files.setLastModifiedTime(scene.file("..2/api.ini"), same));
        scene.turnLink(scene.file("..data"), "..2");
        assertEquals(List.of("EDITED web.ini=web..2"), scene.pass(SOON));
        scene.write(scene.file("..2/web.ini"), "web..3");
        assertEquals(List.of("EDITED web.ini=web..3"), scene.settle());
    }

    @Test
    void turnedLinkToTheDirectoryIsTheNewTruth() throws IOException {
        Scene release = new Scene(root.resolve("deploy"), "current");
        for (String version : List.of("v1", "v2")) {
            release.makeDirectory(release.root.resolve(version));
            release.write(release.root.resolve(version + "/web.ini"), version);
        }
        release.write(release.root.resolve("v1/old.ini"), "one");
        release.run(() -> Files.createSymbolicLink(release.root.resolve("current"), Path.of("v1")));
        assertEquals(List.of("APPEARED old.ini=one", "APPEARED web.ini=v1"), release.settle());
        release.turnLink(release.root.resolve("current"), "v2");
        assertEquals(List.of("EDITED web.ini=v2", "VANISHED old.ini"), release.pass(Duration.ofMillis(60)));
        assertEquals(List.of(), release.troubles());
        assertEquals(Set.of(release.root, release.root.resolve("v2")), release.watch.watched());
    }

    @Test
    void linkToNothingIsRefusedOnceAndHealsWithItsTarget() {
        assertEquals(
                List.of("REFUSED web.ini"),
                scene.link("web.ini", "../available/later").settle());
        assertEquals(List.of(), scene.pass(Sources.RESCAN.multipliedBy(3)));
        scene.write(available.resolve("later"), "one");
        assertEquals(List.of("APPEARED web.ini=one"), scene.settle());
    }

    @Test
    void linkWhoseTargetIsRemovedKeepsItsVassal() {
        scene.link("web.ini", "../available/a").settle();
        scene.run(() -> Files.delete(available.resolve("a")))
                .note(org.emperor.jail.FileWatch.Kind.CHANGED, available.resolve("a"));
        assertEquals(List.of("REFUSED web.ini"), scene.settle(), "refused, not vanished");
    }

    @Test
    void loopOfLinksIsRefusedOnce() {
        scene.link("web.ini", "api.ini").link("api.ini", "web.ini");
        assertEquals(List.of("REFUSED api.ini", "REFUSED web.ini"), scene.settle());
        assertEquals(List.of(), scene.pass(Sources.RESCAN.multipliedBy(3)));
    }
}
