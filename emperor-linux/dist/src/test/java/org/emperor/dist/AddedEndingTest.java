package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code emperor-extra-extension} does; {@link VassalFileTest} shows that nothing runs without it. */
@Tag("kernel")
class AddedEndingTest {

    @Test
    void fileOfAnAddedEndingIsAVassalInEveryRespect() throws IOException {
        Place place = new Place();
        Path config = place.path().resolve("emperor.ini");
        place.write(config, "[emperor]\nemperor-extra-extension = .vassal\n");
        Path file = place.vassals().resolve("web.vassal");
        place.write(file, vassal(place, "first"));
        RunningEmperor emperor = RunningEmperor.in(place, "--config", config.toString());
        try {
            emperor.untilSaid("web", "\"NAME=first\"");
            assertEquals("web.vassal", emperor.shown("web").get("id").textValue());
            place.write(file, vassal(place, "second"));
            emperor.untilSaid("web", "\"NAME=second\"");
            emperor.drop("web", "exec = " + place.probe("stay"));
            emperor.untilLogged("refused " + file, "names the same vassal as " + place.file("web"));
            emperor.remove("web");
            emperor.untilRunning("web", 4);

            Files.delete(file);
            emperor.untilGone("web");
            place.write(place.vassals().resolve("web@.vassal"), vassal(place, "%(instance)"));
            Files.createSymbolicLink(place.vassals().resolve("web@third.vassal"), Path.of("web@.vassal"));
            emperor.untilSaid("web@third", "\"NAME=third\"");
            emperor.untilRunning("web@third");
            assertEquals(1, emperor.vassals().size(), "a template is none");
        } finally {
            emperor.end();
        }
    }

    private static String vassal(Place place, String name) {
        return "[vassal]\nexec = " + place.probe("report", "heed", "stay") + "\nenv = NAME=" + name + "\n";
    }

    @Test
    void endingThatCannotBeMeantKeepsTheDaemonFromReigning() {
        Place place = new Place();
        RunningEmperor emperor =
                RunningEmperor.launch(place, RunningEmperor.java(), "--emperor-extra-extension", "vassal");
        try {
            assertEquals(2, emperor.exitCode());
            assertTrue(place.lastLog().contains("\"vassal\" has no dot; write .vassal"), place.lastLog());
        } finally {
            emperor.close();
        }
    }
}
