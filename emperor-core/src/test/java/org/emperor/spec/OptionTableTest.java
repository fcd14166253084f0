package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTableTest {
    private final OptionTable table = new OptionTable(
            Options.portable(),
            List.of(Option.once("clone", Form.TEXT, "", "Namespaces.")),
            Map.of("jail", "FreeBSD", "clone", "FreeBSD"));

    @Test
    void joinsPortableAndPlatformOptions() {
        assertTrue(table.option("exec").isPresent());
        assertTrue(table.option("clone").isPresent());
        assertEquals(Optional.empty(), table.option("jail"));
        assertEquals(Options.portable().size() + 1, table.options().size());
        assertEquals(
                List.of("clone"),
                table.options().stream().map(Option::key).filter(table::isJail).toList());
    }

    @Test
    void oneKeyTwiceIsADefectOfTheTables() {
        List<Option> again = List.of(Option.once("exec", Form.TEXT, "", "Again."));
        assertThrows(IllegalArgumentException.class, () -> new OptionTable(Options.portable(), again, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "exce, exec",
        "Exec, exec",
        "EXEC, exec",
        "exe, exec",
        "colne, clone",
        "stop-singal, stop-signal",
        "stopgrace, stop-grace",
        "piddmax, pids-max",
        "uix, uid",
        "envv, env",
        "gif, gid"
    })
    void slipOfTheFingerIsRecognised(String written, String meant) {
        assertEquals(Optional.of(meant), table.nearest(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"command", "x", "xyz", "memory-max", "loyal", "abc"})
    void otherWordsAreNotTakenForKeys(String written) {
        assertEquals(Optional.empty(), table.nearest(written));
    }

    @Test
    void everyStandardIsAValueOfItsForm() {
        for (Option option : Options.portable()) {
            if (!option.standard().isEmpty()) {
                assertTrue(option.check(option.standard()).value().isPresent(), option.key());
            }
            assertTrue(option.key().matches("[a-z0-9]+(-[a-z0-9]+)*"), option.key());
            assertTrue(option.meaning().endsWith("."), option.key());
        }
    }
}
