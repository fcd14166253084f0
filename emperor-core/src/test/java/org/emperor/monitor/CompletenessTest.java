package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.emperor.jail.FileWatch.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is read when it is whole (C01), and a storm of edits is a few readings (C02, C06). */
class CompletenessTest {
    private static final Duration MOMENT = Duration.ofMillis(50);

    @TempDir
    Path root;

    private Scene scene;

    @BeforeEach
    void reign() throws IOException {
        scene = new Scene(root);
        scene.settle();
    }

    @Test
    void fileWrittenByteByByteAppearsOnceAndWhole() {
        scene.watch.quiet(scene.file("web.ini"), Optional.of(false));
        for (int i = 0; i < 60; i++) {
            assertEquals(List.of(), scene.writePart("web.ini", "x").pass(MOMENT));
        }
        assertEquals(
                List.of("APPEARED web.ini=" + "x".repeat(60)),
                scene.note(Kind.COMPLETE, scene.file("web.ini")).pass(Duration.ZERO));
        assertEquals(1, scene.reads());
    }

    @Test
    void fileWrittenByteByByteWaitsForQuietWhereLeasesDoNotWork() {
        scene.watch.quiet(scene.file("web.ini"), Optional.empty());
        for (int i = 0; i < 60; i++) {
            assertEquals(List.of(), scene.writePart("web.ini", "x").pass(MOMENT));
        }
        assertEquals(List.of(), scene.pass(Completeness.QUIET.minus(MOMENT).minusMillis(1)));
        assertEquals(List.of("APPEARED web.ini=" + "x".repeat(60)), scene.pass(Duration.ofMillis(1)));
    }

    @Test
    void fileThatStaysOpenForWritingIsATroubleUntilItIsClosed() {
        scene.write("api.ini", "one").settle();
        scene.watch.quiet(scene.file("web.ini"), Optional.of(false));
        scene.writePart("web.ini", "one").pass(Duration.ofSeconds(9));
        assertEquals(List.of(), scene.troubles());
        assertEquals(List.of(), scene.pass(Duration.ofSeconds(2)));
        assertEquals(
                List.of("cannot read all of " + scene.vassals + ": web.ini, or a file that it is made of, is open for"
                        + " writing; it is read once that is closed"),
                scene.troubles());

        scene.watch.quiet(scene.file("web.ini"), Optional.of(true));
        assertEquals(List.of("APPEARED web.ini=one"), scene.settle());
        assertEquals(List.of(), scene.troubles());
    }

    @Test
    void halfWrittenEditDisturbsNobody() {
        scene.write("web.ini", "one").settle();
        scene.watch.quiet(scene.file("web.ini"), Optional.of(false));
        assertEquals(List.of(), scene.writePart("web.ini", "-half").settle());
        scene.watch.quiet(scene.file("web.ini"), Optional.of(true));
        assertEquals(List.of("EDITED web.ini=one-half"), scene.settle(), "found although no note told of the close");
    }

    @Test
    void fileThatIsRemovedWhileHalfWrittenWasNeverThere() {
        scene.watch.quiet(scene.file("web.ini"), Optional.of(false));
        scene.writePart("web.ini", "half").settle();
        assertEquals(List.of(), scene.remove("web.ini").settle());
        assertEquals(0, scene.reads());
    }

    @Test
    void renamedIntoPlaceIsReadAtOnceEvenIfSomebodyStillWrites() {
        scene.watch.quiet(scene.file("web.ini"), Optional.of(false));
        scene.write("web.ini.new", "one");
        assertEquals(
                List.of("APPEARED web.ini=one"),
                scene.rename("web.ini.new", "web.ini").pass(Duration.ZERO));
    }

    @Test
    void thousandRenamesOverOneFileAreFewEditsAndTheLastOneCounts() {
        scene.write("web.ini", "0").settle();
        int edits = 0;
        for (int i = 1; i <= 1000; i++) {
            scene.write("web.ini.new", "" + i);
            edits += scene.rename("web.ini.new", "web.ini")
                    .pass(Duration.ofMillis(1))
                    .size();
        }
        List<String> last = scene.settle();
        assertTrue(edits + last.size() <= 10, edits + " edits");
        assertEquals(List.of("EDITED web.ini=1000"), last);
    }

    @Test
    void stormOnOneFileDelaysNoOther() {
        scene.write("web.ini", "0").settle();
        for (int i = 1; i <= 100; i++) {
            scene.write("web.ini", "" + i).pass(Duration.ofMillis(1));
        }
        assertEquals(
                List.of("APPEARED api.ini=one"), scene.write("api.ini", "one").pass(Duration.ZERO));
    }

    @Test
    void manyNotesOfOneWakeAreOneReading() {
        scene.write("web.ini", "one").settle();
        for (int i = 0; i < 100; i++) {
            scene.write("web.ini", "two");
        }
        assertEquals(List.of("EDITED web.ini=two"), scene.settle());
        assertEquals(2, scene.reads());
    }

    @Test
    void secondEditSoonAfterTheFirstWins() {
        scene.write("web.ini", "0").settle();
        scene.write("web.ini", "1").pass(Duration.ofMillis(1));
        assertEquals(List.of("EDITED web.ini=2"), scene.write("web.ini", "2").settle());
    }
}
