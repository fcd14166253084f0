package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.emperor.jail.FileWatch.Kind;
import org.emperor.lang.Problem;
import org.emperor.spec.Endings;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator may write as a source, and what several of them mean together (C21). */
class SourcesTest {
    @TempDir
    Path root;

    private static Scene write(Scene scene, String path, String content) {
        Path file = scene.root.resolve(path);
        return scene.makeDirectory(file.getParent()).write(file, content);
    }

    @Test
    void patternTakesOnlyWhatMatches() throws IOException {
        Scene scene = new Scene(root, "vassals/w*.ini");
        scene.write("web.ini", "one").write("api.ini", "one").write("web.conf", "one");
        assertEquals(List.of("APPEARED web.ini=one"), scene.settle());
        assertEquals(
                List.of("APPEARED work.ini=one"), scene.write("work.ini", "one").pass(Duration.ZERO));
        assertEquals(List.of(), scene.write("api.ini", "two").settle());
    }

    @Test
    void fileIsASourceOfOneVassal() throws IOException {
        Scene scene = new Scene(root, "vassals/web.ini");
        scene.write("web.ini", "one").write("api.ini", "one");
        assertEquals(List.of("APPEARED web.ini=one"), scene.settle());
        assertEquals(List.of("VANISHED web.ini"), scene.remove("web.ini").settle());
    }

    @Test
    void addedEndingIsOneOfVassalFilesInDirectoriesAndPatterns() throws IOException {
        Endings endings = Endings.with(List.of(".vassal", ".app"));
        for (String source : List.of("vassals", "vassals/*", "v*/*.vassal", "vassals/web.vassal")) {
            Scene scene = new Scene(endings, root.resolve(source.replaceAll("\\W", "_")), source);
            scene.write("web.vassal", "one").write("web.vassal~", "two").write(".web.vassal", "two");
            scene.write("web@.vassal", "two").write("webvassal", "two");
            assertEquals(List.of("APPEARED web.vassal=one"), scene.settle(), source);
            assertEquals(
                    List.of("EDITED web.vassal=two"),
                    scene.write("web.vassal", "two").settle());
            assertEquals(
                    List.of("VANISHED web.vassal"), scene.remove("web.vassal").settle());
        }
        Scene scene = new Scene(endings, root.resolve("all"));
        scene.write("api.app", "one").write("api.ini", "two").write("db@a.vassal", "three");
        assertEquals(List.of("APPEARED api.app=one", "REFUSED api.ini", "APPEARED db@a.vassal=three"), scene.settle());
    }

    @Test
    void withoutTheOptionNoOtherEndingCounts() throws IOException {
        Scene scene = new Scene(root);
        assertEquals(List.of(), scene.write("web.vassal", "one").settle());
        assertEquals(0, scene.reads());
    }

    @Test
    void directoriesOfAPatternComeAndGo() throws IOException {
        Scene scene = new Scene(root, "srv/*/conf/*.ini");
        write(scene, "srv/a/conf/web.ini", "one");
        write(scene, "srv/.hidden/conf/no.ini", "one");
        write(scene, "srv/b/other/no.ini", "one");
        assertEquals(List.of("APPEARED web.ini=one"), scene.settle());
        write(scene, "srv/b/conf/api.ini", "two");
        assertEquals(List.of("APPEARED api.ini=two"), scene.settle());
        scene.removeTree(scene.root.resolve("srv/b/conf"));
        assertEquals(List.of("VANISHED api.ini"), scene.settle());
        assertTrue(scene.surveys.stream().allMatch(survey -> survey.troubles().isEmpty()), "not for a moment");
        assertFalse(scene.watch.watched().contains(scene.root.resolve("srv/b/conf")));
    }

    @Test
    void patternWhoseBeginningIsGoneOrReplacedStopsNobody() throws IOException {
        Scene scene = new Scene(root, "srv/*/web.ini");
        write(scene, "srv/a/web.ini", "one").settle();
        Path srv = scene.root.resolve("srv");
        scene.run(() -> Files.move(srv, scene.root.resolve("away")));
        scene.watch.note(Kind.DIRECTORY_GONE, srv.resolve("a"), "");
        scene.watch.note(Kind.DIRECTORY_GONE, srv, "");
        assertEquals(List.of(), scene.settle());
        assertTrue(scene.troubles().toString().contains("cannot look at " + srv + ": ENOENT"));
        scene.makeDirectory(srv);
        assertEquals(List.of(), scene.pass(Sources.RESCAN.multipliedBy(2)));
        assertTrue(scene.troubles().toString().contains(srv + " was replaced and has no a;"));
        write(scene, "srv/a/web.ini", "two");
        assertEquals(List.of("EDITED web.ini=two"), scene.settle());
        assertEquals(List.of(), scene.troubles());
    }

    @Test
    void schemesNameTheMonitorAndUnknownOnesAreRefused() {
        ManualClock clock = new ManualClock();
        Sources sources = new Sources(
                file -> {
                    throw new AssertionError("nothing to read");
                },
                new FakeFileWatch(clock),
                clock,
                Sources.RESCAN);
        assertEquals("dir:///srv/*", sources.monitor("dir:///srv/*").source());
        assertTrue(sources.monitor("dir:///srv/*") instanceof DirectoryMonitor);
        assertTrue(sources.monitor("glob:///srv/*/x.ini") instanceof GlobMonitor);
        assertTrue(sources.monitor("/srv/*/x.ini") instanceof GlobMonitor);
        assertTrue(sources.monitor("/srv/vassals") instanceof DirectoryMonitor);
        assertEquals(
                "cannot watch \"pg://x\": there is no imperial monitor pg://; there are dir:// and glob://",
                refusal(sources, "pg://x"));
        assertEquals("cannot watch \"dir://\": it names nothing", refusal(sources, "dir://"));
        assertTrue(refusal(sources, "/srv/[a/x.ini").startsWith("cannot watch \"/srv/[a/x.ini\": "));
        assertEquals(
                "cannot watch \"/srv/x[a.ini\": not a pattern; close each [ and {, and put no { in another",
                refusal(sources, "/srv/x[a.ini"));
    }

    private static String refusal(Sources sources, String source) {
        return assertThrows(IllegalArgumentException.class, () -> sources.monitor(source))
                .getMessage();
    }

    @Test
    void firstSourceWinsANameAndTheOtherIsRefusedNamingBoth() throws IOException {
        Scene scene = new Scene(root, "b", "a");
        write(scene, "a/web.ini", "one");
        write(scene, "b/web.ini", "two");
        assertEquals(List.of("APPEARED web.ini=two", "REFUSED web.ini"), scene.settle());
        Change refused = scene.surveys.get(0).changes().get(1);
        assertTrue(refused.name().isEmpty(), "it is not the vassal's own file that is bad");
        assertEquals(
                List.of(scene.root.resolve("a/web.ini") + ": names the same vassal as "
                        + scene.root.resolve("b/web.ini") + ", which comes first; rename or remove one of them"),
                refused.problems().stream().map(Problem::toString).toList());
    }

    @Test
    void loserTakesOverWhenTheWinnerVanishesAndNobodyStops() throws IOException {
        Scene scene = new Scene(root, "a", "b");
        write(scene, "a/web.ini", "one");
        write(scene, "b/web.ini", "two").settle();
        assertEquals(List.of(), write(scene, "b/web.ini", "three").settle());
        scene.run(() -> Files.delete(scene.root.resolve("a/web.ini")))
                .note(Kind.CHANGED, scene.root.resolve("a/web.ini"));
        assertEquals(List.of("VANISHED web.ini(nobody)", "EDITED web.ini=three"), scene.settle());
        assertEquals(
                List.of("EDITED web.ini=one", "REFUSED web.ini"),
                write(scene, "a/web.ini", "one").settle());
    }

    @Test
    void loserThatVanishesStopsNobody() throws IOException {
        Scene scene = new Scene(root, "a", "b");
        write(scene, "a/web.ini", "one");
        write(scene, "b/web.ini", "two").settle();
        scene.run(() -> Files.delete(scene.root.resolve("b/web.ini")))
                .note(Kind.CHANGED, scene.root.resolve("b/web.ini"));
        assertEquals(List.of("VANISHED web.ini(nobody)"), scene.settle());
    }

    @Test
    void twoExtensionsOfOneNameAreTwoFilesOfOneVassal() throws IOException {
        Scene scene = new Scene(root);
        scene.write("web.yml", "one").write("web.ini", "two");
        assertEquals(List.of("APPEARED web.ini=two", "REFUSED web.yml"), scene.settle());
    }

    @Test
    void namesThatDifferInCaseAreDifferentVassals() throws IOException {
        Scene scene = new Scene(root);
        scene.write("web.ini", "one").write("Web.ini", "two");
        assertEquals(List.of("APPEARED Web.ini=two", "APPEARED web.ini=one"), scene.settle());
    }

    @Test
    void sameFileInTwoSourcesIsNoConflict() throws IOException {
        Scene scene = new Scene(root, "vassals", "vassals/*.ini");
        assertEquals(
                List.of("APPEARED web.ini=one"), scene.write("web.ini", "one").settle());
        assertEquals(
                List.of("EDITED web.ini=two"), scene.write("web.ini", "two").settle());
        List<String> gone = scene.remove("web.ini").settle();
        assertEquals("VANISHED web.ini", gone.get(gone.size() - 1));
    }

    @Test
    void sourceThatFailsForAReasonOfOursLeavesTheOthersAlone() throws IOException {
        Scene scene = new Scene(root);
        scene.write("web.ini", "one");
        ImperialMonitor broken = new ImperialMonitor() {
            @Override
            public String source() {
                return "broken://";
            }

            @Override
            public boolean hint(org.emperor.jail.FileWatch.Note note) {
                return false;
            }

            @Override
            public Scan scan() {
                throw new IllegalStateException("a defect");
            }
        };
        Sources sources = new Sources(
                file -> new org.emperor.spec.SpecResult.Accepted(
                        List.of(Scene.spec(new VassalName("web"), file, "one")), List.of(), Map.of()),
                scene.watch,
                scene.clock,
                Sources.RESCAN);
        new VassalReader(
                        List.of(broken, sources.monitor(scene.vassals.toString())),
                        scene.watch,
                        scene.clock,
                        scene.surveys::add)
                .turn();
        assertEquals(1, scene.surveys.get(0).changes().size());
        assertEquals(
                List.of("cannot scan broken://: java.lang.IllegalStateException: a defect"),
                scene.surveys.get(0).troubles());
    }
}
