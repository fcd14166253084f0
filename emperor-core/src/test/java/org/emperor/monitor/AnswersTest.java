package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emperor.jail.FileWatch.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vassal file is read again when what it asked about paths has another answer, and only then. */
class AnswersTest {
    private static final Duration SOON = Duration.ofMillis(1);

    @TempDir
    Path root;

    private Scene scene;
    private Path shared;
    private Path flag;

    @BeforeEach
    void reign() throws IOException {
        scene = new Scene(root);
        shared = scene.root.resolve("shared");
        flag = shared.resolve("flag");
        scene.makeDirectory(shared);
    }

    private Scene asks(Object path) {
        return scene.write("web.ini", "is ?" + path);
    }

    private Scene remove(Path file) {
        return scene.run(() -> Files.delete(file)).note(Kind.CHANGED, file);
    }

    @Test
    void pathThatAppearsAndVanishesIsAnEditOfWhoAskedAndOfNoOther() {
        scene.write("api.ini", "two");
        asks(flag).settle();
        assertEquals(List.of("EDITED web.ini=is 1"), scene.write(flag, "").pass(SOON));
        assertEquals(List.of("EDITED web.ini=is 0"), remove(flag).settle());
        assertEquals(1, scene.reads.get(scene.file("api.ini")));
    }

    @Test
    void pathThatOnlyChangesIsNotWorthAReading() {
        scene.write(flag, "");
        asks(flag).settle();
        int reads = scene.reads();
        for (int i = 0; i < 100; i++) {
            scene.write(flag, "line " + i).pass(SOON);
        }
        assertEquals(List.of(), scene.settle());
        assertEquals(reads, scene.reads());
        assertTrue(scene.asked < 30, "asked " + scene.asked + " times");
    }

    @Test
    void pathInADirectoryThatIsMissingTooIsFound() {
        Path deep = scene.root.resolve("a").resolve("b").resolve("c");
        asks(deep).settle();
        scene.makeDirectory(scene.root.resolve("a")).settle();
        scene.makeDirectory(deep.getParent()).settle();
        assertEquals(List.of("EDITED web.ini=is 1"), scene.write(deep, "").settle());
        assertEquals(
                List.of("EDITED web.ini=is 0"),
                scene.removeTree(deep.getParent()).settle());
    }

    @Test
    void linkOnTheWayIsFollowed() {
        scene.makeDirectory(shared.resolve("v1")).makeDirectory(shared.resolve("v2"));
        scene.write(shared.resolve("v2/flag"), "");
        Path link = shared.resolve("current");
        scene.run(() -> Files.createSymbolicLink(link, Path.of("v1")));
        asks(link.resolve("flag")).settle();
        assertEquals(List.of("EDITED web.ini=is 1"), scene.turnLink(link, "v2").settle());
        assertEquals(
                List.of("EDITED web.ini=is 0"),
                remove(shared.resolve("v2/flag")).settle());
        assertEquals(List.of(), scene.write(shared.resolve("v1/flag"), "").settle(), "nothing leads there any more");
    }

    @Test
    void whatComesToMatchAPatternIsFoundInItsDirectories() {
        asks(shared + "/*/*.conf").settle();
        scene.makeDirectory(shared.resolve("a"));
        assertEquals(List.of(), scene.settle());
        assertEquals(
                List.of("EDITED web.ini=is 1"),
                scene.write(shared.resolve("a/one.conf"), "").settle());
        assertEquals(List.of(), scene.write(shared.resolve("a/one.txt"), "").settle());
        scene.makeDirectory(scene.root.resolve("b")).write(scene.root.resolve("b/two.conf"), "");
        assertEquals(
                List.of("EDITED web.ini=is 2"),
                scene.rename(scene.root.resolve("b"), shared.resolve("b")).settle());
        assertEquals(
                List.of("EDITED web.ini=is 1"),
                scene.removeTree(shared.resolve("a")).settle());
    }

    @Test
    void patternWhoseBeginningIsMissingIsFound() {
        Path conf = scene.root.resolve("conf");
        asks(conf + "/*").settle();
        scene.makeDirectory(conf).settle();
        assertEquals(
                List.of("EDITED web.ini=is 1"),
                scene.write(conf.resolve("x"), "").settle());
    }

    @Test
    void answerThatChangesBeforeAnybodyWatchesIsFound() {
        scene.afterPart(() -> scene.write(flag, ""));
        asks(flag);
        assertEquals(List.of("APPEARED web.ini=is 0", "EDITED web.ini=is 1"), scene.settle());
        assertEquals(2, scene.reads());
    }

    @Test
    void refusedFileIsReadAgainForAnotherAnswer() {
        scene.write("web.ini", "bad ?" + flag);
        assertEquals(List.of("REFUSED web.ini"), scene.settle());
        assertEquals(
                List.of("REFUSED web.ini"), scene.write(flag, "").settle(), "for another reason: bad 1, not bad 0");
    }

    @Test
    void questionOfAThousandIsAskedOnceAChange() {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            scene.write("v" + i + ".ini", i + " ?" + flag);
            expected.add("EDITED v" + i + ".ini=" + i + " 1");
        }
        assertEquals(1000, scene.settle().size());
        int reads = scene.reads();
        int asked = scene.asked;
        assertEquals(expected, Set.copyOf(scene.write(flag, "").settle()));
        assertEquals(reads + 1000, scene.reads());
        assertTrue(scene.asked <= asked + 2 * 1000 + 2, (scene.asked - asked) + " times"); // twice by each reading
    }

    @Test
    void changeWithoutANoteIsFoundByTheNextLookAtAll() {
        asks(flag).settle();
        scene.run(() -> Files.writeString(flag, ""));
        assertEquals(List.of(), scene.settle());
        assertEquals(List.of("EDITED web.ini=is 1"), scene.pass(Sources.RESCAN));
        int reads = scene.reads();
        assertEquals(List.of(), scene.pass(Sources.RESCAN));
        assertEquals(reads, scene.reads());
    }

    @Test
    void lostNotesLoseNoAnswer() {
        asks(shared + "/*").settle();
        scene.run(() -> Files.writeString(flag, ""));
        scene.watch.note(Kind.OVERFLOW, scene.root, "");
        assertEquals(List.of("EDITED web.ini=is 1"), scene.settle());
    }

    @Test
    void whatNobodyAsksAnyMoreIsNotWatched() {
        asks(flag).write("api.ini", "two ?" + shared + "/*").settle();
        assertTrue(scene.watch.watched().contains(shared));
        scene.write("web.ini", "one").settle();
        assertTrue(scene.watch.watched().contains(shared));
        scene.remove("api.ini").settle();
        assertFalse(scene.watch.watched().contains(shared));
        assertEquals(List.of(), scene.write(flag, "").settle());
    }
}
