package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource({
        "50%% done, 50% done",
        "%%%%, %%",
        "%%d, %d",
        "$HOME, $HOME",
        "a@b (c), a@b (c)",
        "$ (x), $ (x)",
        "no sign, no sign"
    })
    void whatMeansItselfStaysAndTwoPerCentSignsAreOne(String written, String value) {
        Reading reading = evaluate("key", written);
        assertEquals(List.of(), reading.problems());
        assertEquals(value, reading.settings().get(0).value());
    }

    @ParameterizedTest
    @CsvSource({
        "%n, 10, write %% for a per cent sign",
        "50% done, 12, write %% for a per cent sign",
        "done %, 15, write %% for a per cent sign",
        "%%%, 12, write %% for a per cent sign",
        "x%(name), 11, write the text it stands for",
        "x%%(name), 11, write the text it stands for",
        "$(HOME)/x, 10, write the text it stands for",
        "é@(file), 11, write the text it stands for"
    })
    void whatUwsgiWouldReplaceIsRefusedWhereItStands(String written, int column, String remedy) {
        Reading reading = evaluate("key", written);
        assertEquals(List.of(), reading.settings());
        assertEquals(
                List.of(new Problem(new Position("f", 3, column), "key", "placeholders are not supported yet", remedy)),
                reading.problems());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include",
                "ini",
                "inherit",
                "set",
                "print",
                "if-env",
                "if-not-exists",
                "ifexists",
                "for",
                "for-times",
                "endfor",
                "end-if",
                "else",
                "declare-option"
            })
    void keysOfTheLanguageAreRefused(String key) {
        Reading reading = evaluate(key, "secret");
        assertEquals(List.of(), reading.settings());
        assertEquals(
                "f:3: " + key + ": not supported yet; write the settings it leads to",
                reading.problems().get(0).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec", "env", "forkpty", "setns", "init", "printer", "iface", "ending"})
    void keysThatOnlyLookLikeTheLanguagePass(String key) {
        assertEquals(key, evaluate(key, "x").settings().get(0).key());
    }

    @Test
    void settingsKeepTheirOrderAroundWhatIsRefused() {
        Reading reading = Language.evaluate(
                List.of(setting("a", "1", 1), setting("b", "%x", 2), setting("c", "3", 3), setting("set", "x=y", 4)));
        assertEquals(List.of(setting("a", "1", 1), setting("c", "3", 3)), reading.settings());
        assertEquals(
                List.of(2, 4),
                reading.problems().stream()
                        .map(problem -> problem.position().line())
                        .toList());
    }

    private static Reading evaluate(String key, String value) {
        return Language.evaluate(List.of(setting(key, value, 3)));
    }

    private static Setting setting(String key, String value, int line) {
        return new Setting(key, value, new Position("f", line, 10));
    }
}
