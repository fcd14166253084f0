package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
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
        "%n, 7, write %% for a per cent sign",
        "50% done, 9, write %% for a per cent sign",
        "done %, 12, write %% for a per cent sign",
        "%%%, 9, write %% for a per cent sign",
        "x%(name), 8, write the text it stands for",
        "x%%(name), 8, write the text it stands for",
        "$(HOME)/x, 7, write the text it stands for",
        "é@(file), 8, write the text it stands for"
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
        Reading reading = read("[vassal]\na = 1\nb = %x\nc = 3\nset = x=y");
        assertEquals(
                List.of("a", "c"), reading.settings().stream().map(Setting::key).toList());
        assertEquals(
                List.of(3, 5),
                reading.problems().stream()
                        .map(problem -> problem.position().line())
                        .toList());
    }

    private static Reading evaluate(String key, String value) {
        return read("[vassal]\n\n" + key + " = " + value);
    }

    private static Reading read(String content) {
        return Language.read("f", content.getBytes(StandardCharsets.UTF_8), "vassal", new FakeSurroundings());
    }
}
