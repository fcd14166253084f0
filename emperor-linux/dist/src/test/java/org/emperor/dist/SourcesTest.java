package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where vassals come from, and what holds for all of them. */
@Tag("kernel")
class SourcesTest {

    @Test
    void cloneOfTheEmperorHoldsForEveryFileWithoutItsOwn() {
        try (RunningEmperor emperor = RunningEmperor.start("--emperor-use-clone", "fs,net,ipc,uts,pid")) {
            emperor.drop("usual", "exec = " + emperor.probe("report", "stay"));
            emperor.drop("own", "exec = " + emperor.probe("report", "stay"), "clone = uts");
            Report usual = emperor.report("usual");
            Report own = emperor.report("own");

            assertEquals(1, usual.number("ppid"));
            assertEquals(List.of("jail-init"), usual.list("parent"));
            assertEquals(Host.link(emperor.pid(), "ns/pid"), own.namespaces().get("pid"));
            assertNotEquals(Host.link(emperor.pid(), "ns/uts"), own.namespaces().get("uts"));
            emperor.stop();
        }
    }

    @Test
    void severalSourcesAndPatternsAreOneRealm() throws IOException {
        Place place = new Place();
        Path many = Files.createDirectories(place.path().resolve("many/a"));
        try (RunningEmperor emperor = RunningEmperor.in(
                place,
                "--vassals",
                place.vassals().toString(),
                "--vassals",
                "glob://" + place.path() + "/many/*/web-*.ini")) {
            String file = "[vassal]\nexec = " + place.probe("stay") + "\n";
            place.write(many.resolve("web-one.ini"), file);
            place.write(many.resolve("other.ini"), file);
            emperor.drop("plain", "exec = " + place.probe("stay"));
            emperor.untilRunning("web-one", "plain");
            assertTrue(emperor.vassal("other").isEmpty());

            // The first source wins; the other file is told of, and takes over when the first is gone.
            int first = emperor.pid("web-one");
            emperor.drop("web-one", "exec = " + place.probe("heed", "stay"));
            emperor.untilSaid("web-one", "heeding");
            assertTrue(!Host.isAlive(first));
            emperor.until("the loser is told of", () -> emperor.refused().size() == 1);
            emperor.remove("web-one");
            emperor.until("the other one runs again", () -> emperor.refused().isEmpty());
            emperor.untilRunning("web-one");
            emperor.stop();
        }
    }

    @Test
    void directoryBehindALinkIsFollowedWhenTheLinkTurns() throws IOException {
        Place place = new Place();
        Path blue = Files.createDirectory(place.path().resolve("blue"));
        Path green = Files.createDirectory(place.path().resolve("green"));
        Path current = Files.createSymbolicLink(place.path().resolve("current"), blue);
        place.write(blue.resolve("web.ini"), "[vassal]\nexec = " + place.probe("line:1", "stay") + "\n");
        place.write(green.resolve("web.ini"), "[vassal]\nexec = " + place.probe("line:2", "stay") + "\n");
        try (RunningEmperor emperor = RunningEmperor.in(place, "--vassals", current.toString())) {
            emperor.untilSaid("web", "l");
            emperor.untilRunning("web");

            Path next = Files.createSymbolicLink(place.path().resolve("next"), green);
            Files.move(next, current, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            emperor.untilSaid("web", "ll");
            emperor.stop();
        }
    }
}
