package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class ManualTest {
    private static final ManualPage PAGE = new ManualPage("emperor-vassal.5");
    private static final String KEYS = "KEYS OF ALL PLATFORMS";

    @Test
    void manualTellsEveryPortableKeyAndItsDefault() {
        PAGE.assertTells(KEYS, ".It Ic", Options.portable());
    }

    @Test
    void manualNamesEverySignalAFileCanName() {
        String description = PAGE.section("DESCRIPTION");
        for (Signal signal : Signal.values()) {
            assertTrue(description.contains(signal.name()), signal.name());
        }
    }

    @Test
    void keyThatTheManualLacksIsNoticed() {
        List<Option> more = new ArrayList<>(Options.portable());
        more.add(Option.once("umask", Form.TEXT, "", "Not there."));
        AssertionFailedError lacking = assertThrows(
                AssertionFailedError.class, () -> PAGE.assertTells(KEYS, ".It Ic", more), "a key is missing");
        assertTrue(lacking.getMessage().contains("umask"), lacking.getMessage());
    }

    @Test
    void defaultThatTheManualTellsOtherwiseIsNoticed() {
        List<Option> other = Options.portable().stream()
                .map(option -> option.key().equals(Options.STOP_GRACE)
                        ? Option.once(option.key(), option.form(), "11s", option.meaning())
                        : option)
                .toList();
        AssertionFailedError different =
                assertThrows(AssertionFailedError.class, () -> PAGE.assertTells(KEYS, ".It Ic", other));
        assertEquals("10s", different.getActual().getStringRepresentation());
    }
}
