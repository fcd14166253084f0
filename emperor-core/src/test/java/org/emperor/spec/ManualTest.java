package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class ManualTest {
    private static final String PART = "keys of all platforms";

    @Test
    void manualTellsEveryPortableKey() {
        GeneratedPart.ofManual("emperor-vassal.5", PART).assertIs(KeyText.manual(Options.portable()));
    }

    @Test
    void referenceTellsEveryPortableKey() {
        GeneratedPart.ofMarkdown("reference.md", PART).assertIs(KeyText.markdown(Options.portable()));
    }

    @Test
    void differencesTellEveryOptionOfUwsgiThatIsNoKey() {
        Map<String, List<String>> reasons = new TreeMap<>();
        UwsgiOnly.byName().forEach((name, why) -> reasons.computeIfAbsent(
                        "| " + why.rule() + " | " + why.remedy() + " |", it -> new ArrayList<>())
                .add("`" + name + "`"));
        String rows = reasons.entrySet().stream()
                .map(entry -> "| " + String.join(" ", entry.getValue()) + " " + entry.getKey() + "\n")
                .sorted()
                .collect(Collectors.joining());
        GeneratedPart.ofMarkdown("uwsgi-differences.md", "options that are no keys")
                .assertIs("\n| option | why not | what to do |\n| --- | --- | --- |\n" + rows + "\n");
    }

    @Test
    void keyThatTheManualLacksIsNoticed() {
        List<Option> more = new ArrayList<>(Options.portable());
        more.add(Option.once("moat", Form.TEXT, "", "Not there."));
        GeneratedPart part = GeneratedPart.ofManual("emperor-vassal.5", PART);
        AssertionFailedError lacking =
                assertThrows(AssertionFailedError.class, () -> part.compare(KeyText.manual(more)));
        assertTrue(String.valueOf(lacking.getMessage()).contains("emperor-vassal.5"), lacking.getMessage());
    }

    @Test
    void manualNamesEverySignalAFileCanName() {
        String description = new ManualPage("emperor-vassal.5").section("DESCRIPTION");
        for (Signal signal : Signal.values()) {
            boolean named = description.contains(signal.name() + ",") || description.contains(signal.name() + " or ");
            assertEquals(signal != Signal.STOP, named || signal == Signal.WINCH, signal.name());
        }
    }
}
