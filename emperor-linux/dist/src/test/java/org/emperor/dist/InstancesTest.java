package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One file that is several vassals, and several files that are one template's. */
@Tag("kernel")
class InstancesTest {
    private static RunningEmperor emperor;

    @BeforeAll
    static void start() {
        emperor = RunningEmperor.start();
    }

    @AfterAll
    static void stop() {
        emperor.end();
    }

    /** A program that says as many letters as its instance's number is, and stays. */
    private static void drop(int instances, String... more) {
        String program = "exec = " + emperor.probe("line:%(instance)", "heed", "stay");
        String[] lines = new String[more.length + 2];
        lines[0] = program;
        lines[1] = "instances = " + instances;
        System.arraycopy(more, 0, lines, 2, more.length);
        emperor.drop("web", lines);
    }

    private static List<String> shown() {
        return emperor.vassals().stream()
                .map(vassal -> vassal.get("name").textValue())
                .toList();
    }

    private static void untilShown(String... names) {
        emperor.until("shown are " + List.of(names), () -> shown().equals(List.of(names)));
    }

    private static int launches(String vassal) {
        return emperor.shown(vassal).get("launches").intValue();
    }

    @Test
    void anotherNumberOfInstancesStartsAndStopsOnlyTheDifference() {
        drop(3);
        emperor.untilRunning("web@1", "web@2", "web@3");
        emperor.untilSaid("web@2", "ll");
        emperor.untilSaid("web@3", "lll");
        untilShown("web@1", "web@2", "web@3");
        int second = emperor.pid("web@2");

        drop(2);
        untilShown("web@1", "web@2");
        drop(3);
        emperor.untilRunning("web@3");
        assertEquals(second, emperor.pid("web@2"));
        assertEquals(1, launches("web@1"));

        drop(3, "if-opt = instance=2", "nice = 1", "endif =");
        emperor.untilRunning("web@2", 2);
        assertNotEquals(second, emperor.pid("web@2"));
        assertEquals(1, launches("web@1"));

        badEditDisturbsNone();
        emperor.remove("web");
        untilShown();
    }

    private static void badEditDisturbsNone() {
        int first = emperor.pid("web@1");
        drop(1001);
        JsonNode problem = emperor.problem("web");
        assertEquals("instances", problem.get("key").textValue());
        assertEquals(3, problem.get("line").intValue());
        emperor.untilShown(
                "web@1", "refused", shown -> shown.get("edit_refused").booleanValue());
        assertTrue(Host.isAlive(first));
        assertEquals(3, shown().size());
    }

    @Test
    void linkToATemplateIsAVassalAndTheTemplateIsNone() throws IOException {
        emperor.drop(
                "api@", "exec = " + emperor.probe("heed", "stay"), "env = NAME=%(vassal)", "labels = at=%(instance)");
        for (String name : List.of("api@north", "api@south")) {
            Files.createSymbolicLink(emperor.place().file(name), Path.of("api@.ini"));
        }
        emperor.untilRunning("api@north", "api@south");
        assertEquals("north", emperor.shown("api@north").get("labels").get("at").textValue());
        assertFalse(shown().contains("api@"));
        assertEquals(List.of(), emperor.refused());

        emperor.drop("api@", "exec = " + emperor.probe("heed", "stay"), "nice = 1");
        emperor.untilRunning("api@north", 2);
        emperor.untilRunning("api@south", 2);
        emperor.dismiss("api@north");
        assertTrue(Host.isAlive(emperor.pid("api@south")));
        emperor.dismiss("api@south");
        emperor.remove("api@");
    }
}
