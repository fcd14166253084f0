package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates, their instances, and files that are several vassals. */
class TemplatesTest {
    private static final FileTime OLD = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

    @TempDir
    Path root;

    private Scene scene;

    @BeforeEach
    void reign() throws IOException {
        scene = new Scene(root);
    }

    private Change last() {
        List<Change> changes = scene.surveys.get(scene.surveys.size() - 1).changes();
        return changes.get(changes.size() - 1);
    }

    @Test
    void templateIsNeitherAVassalNorRefusedNorRead() {
        scene.write("web@.ini", "bad").write("web@.yml", "one");
        assertEquals(List.of(), scene.settle());
        assertEquals(0, scene.reads());
        assertEquals(List.of(), scene.remove("web@.ini").settle());
    }

    @Test
    void nameThatBeginsWithTheSignIsAVassalsAsAnyOther() {
        scene.write("@.ini", "one").write("@a.ini", "two");
        assertEquals(List.of("APPEARED @.ini=one", "APPEARED @a.ini=two"), scene.settle());
    }

    @Test
    void linkToATemplateIsAVassalAndAnEditOfTheTemplateOneOfAllItsInstances() {
        scene.write("web@.ini", "one").settle();
        scene.link("web@a.ini", "web@.ini").link("web@b.ini", "web@.ini");
        assertEquals(List.of("APPEARED web@a.ini=one", "APPEARED web@b.ini=one"), scene.settle());
        scene.write("web@.ini", "two");
        assertEquals(List.of("EDITED web@a.ini=two", "EDITED web@b.ini=two"), scene.settle());
        assertEquals(List.of("VANISHED web@a.ini"), scene.remove("web@a.ini").settle());
    }

    @Test
    void newLinkIsNotTakenForALostOneOfTheSameTemplate() {
        scene.write("web@.ini", "one").link("web@a.ini", "web@.ini").settle();
        scene.remove("web@a.ini").pass(Duration.ofMillis(1));
        scene.link("web@b.ini", "web@.ini").pass(Duration.ofMillis(1));
        assertEquals(
                List.of(),
                scene.link("web@a.ini", "web@.ini").settle().stream()
                        .filter(word -> word.startsWith("VANISHED"))
                        .toList());
    }

    @Test
    void vassalThatIsRenamedToATemplateEnds() {
        scene.write("web.ini", "one").settle();
        assertEquals(
                List.of("VANISHED web.ini"), scene.rename("web.ini", "web@.ini").settle());
    }

    @Test
    void instancesAreVassalsOfTheirOwn() {
        assertEquals(
                List.of("APPEARED web@1.ini=one", "APPEARED web@2.ini=two"),
                scene.write("web.ini", "one/two").settle());
        assertEquals(scene.file("web.ini"), last().file());
        assertEquals(
                List.of("VANISHED web@1.ini", "VANISHED web@2.ini"),
                scene.remove("web.ini").settle());
    }

    @Test
    void anotherNumberEndsOrStartsTheDifferenceAndTouchesNoOther() {
        scene.write("web.ini", "a/a/a").settle();
        assertEquals(
                List.of("VANISHED web@3.ini", "EDITED web@1.ini=a", "EDITED web@2.ini=a"),
                scene.write("web.ini", "a/a").settle());
        assertEquals(
                List.of("EDITED web@1.ini=a", "EDITED web@2.ini=a", "APPEARED web@3.ini=a"),
                scene.write("web.ini", "a/a/a").settle());
    }

    @Test
    void editOfOneInstanceTouchesNoOther() {
        scene.write("web.ini", "a/a").settle();
        assertEquals(
                List.of("EDITED web@1.ini=a", "EDITED web@2.ini=b"),
                scene.write("web.ini", "a/b").settle());
    }

    @Test
    void touchOfTheFileIsOneOfAllItsInstances() {
        scene.write("web.ini", "a/b").settle();
        assertEquals(
                List.of("TOUCHED web@1.ini=a", "TOUCHED web@2.ini=b"),
                scene.touch("web.ini", OLD).settle());
    }

    @Test
    void badEditRefusesTheFileAndEndsNoInstance() {
        scene.write("web.ini", "a/b/c").settle();
        assertEquals(
                List.of("REFUSED web.ini", "REFUSED web.ini", "REFUSED web.ini"),
                scene.write("web.ini", "bad").settle());
        assertEquals(
                List.of("VANISHED web@3.ini", "EDITED web@1.ini=a", "EDITED web@2.ini=b"),
                scene.write("web.ini", "a/b").settle());
    }

    @Test
    void plainVassalMakesWayForInstances() {
        scene.write("web.ini", "bad").settle();
        assertEquals(
                List.of("VANISHED web.ini", "APPEARED web@1.ini=a", "APPEARED web@2.ini=a"),
                scene.write("web.ini", "a/a").settle());
        assertEquals(
                List.of("VANISHED web@1.ini", "VANISHED web@2.ini", "APPEARED web.ini=a"),
                scene.write("web.ini", "a").settle());
    }

    @Test
    void fileOfAnInstancesNameIsRefusedAndTakesItsPlaceWhenItIsFree() {
        scene.write("web.ini", "a/a").write("web@2.ini", "mine");
        assertEquals(List.of("APPEARED web@1.ini=a", "APPEARED web@2.ini=a", "REFUSED web@2.ini"), scene.settle());
        assertTrue(last().problems().get(0).toString().contains("/web.ini, which comes first"));
        assertEquals(scene.file("web@2.ini"), last().file());
        assertEquals(
                List.of("VANISHED web@1.ini", "VANISHED web@2.ini(nobody)", "EDITED web@2.ini=mine"),
                scene.remove("web.ini").settle());
    }

    @Test
    void instanceWhoseNameAnEarlierSourceHasIsRefusedAlone() throws IOException {
        Scene two = new Scene(root.resolve("two"), "vassals", "more");
        two.write("web@2.ini", "mine").makeDirectory(two.root.resolve("more"));
        two.write(two.root.resolve("more/web.ini"), "a/a/a");
        assertEquals(
                List.of("APPEARED web@2.ini=mine", "REFUSED web@2.ini", "APPEARED web@1.ini=a", "APPEARED web@3.ini=a"),
                two.settle());
        assertEquals(
                two.root.resolve("more/web.ini") + ": its instance web@2 names the same vassal as "
                        + two.file("web@2.ini") + ", which comes first; rename or remove one of them",
                two.surveys.get(0).changes().get(1).problems().get(0).toString());
        assertEquals(
                List.of("VANISHED web@2.ini(nobody)", "EDITED web@2.ini=a"),
                two.remove("web@2.ini").settle());
    }

    @Test
    void thousandInstancesAreToldAtOnce() {
        String all =
                String.join("/", IntStream.range(0, 1000).mapToObj(i -> "a").toList());
        assertEquals(1000, scene.write("web.ini", all).settle().size());
        assertEquals(
                1000,
                scene.write("web.ini", all + "/a").settle().stream()
                        .filter(word -> word.startsWith("EDITED"))
                        .count());
    }
}
