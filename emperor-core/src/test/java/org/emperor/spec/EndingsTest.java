package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndingsTest {
    private static final Option OPTION = Option.list("ending", Form.ENDING, "An ending.");

    @Test
    void addedEndingsCountBesideThoseOfTheFormats() {
        Endings endings = Endings.with(List.of(".vassal"));
        assertTrue(endings.has("vassal"));
        assertTrue(endings.has("ini") && endings.has("js") && endings.has("yml") && endings.has("toml"));
        assertFalse(endings.has("") || endings.has("Vassal") || endings.has(".vassal") || endings.has("INI"));
        assertFalse(Endings.USUAL.has("vassal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".vassal", ".conf", ".v1", ".my_app-2", ".skel", ".sw", ".news", ".template"})
    void whatNamesMayEndInIsAccepted(String ending) {
        assertTrue(OPTION.check(ending) instanceof Parsed.Value, ending);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''|has no value; write one after =",
                "vassal|\"vassal\" has no dot; write .vassal",
                ".|\".\" is not an ending; write a dot and 1 to 32 of A-Z a-z 0-9 _ - after it",
                ".a/b|\".a/b\" is not an ending; write a dot and 1 to 32 of A-Z a-z 0-9 _ - after it",
                ".a.b|\".a.b\" is not an ending; write a dot and 1 to 32 of A-Z a-z 0-9 _ - after it",
                "*.app|\"*.app\" is not an ending; write a dot and 1 to 32 of A-Z a-z 0-9 _ - after it",
                ".ini~|\".ini~\" is not an ending; write a dot and 1 to 32 of A-Z a-z 0-9 _ - after it",
                ".ini|\".ini\" is the ending of a format; choose another",
                ".JSON|\".JSON\" is the ending of a format; choose another",
                ".swp|\".swp\" is the ending of what editors and package managers leave; choose another",
                ".TMP|\".TMP\" is the ending of what editors and package managers leave; choose another",
                ".dpkg-new|\".dpkg-new\" is the ending of what editors and package managers leave; choose another",
                ".rpmsave|\".rpmsave\" is the ending of what editors and package managers leave; choose another",
            })
    void whatCannotBeMeantIsRefused(String ending, String objection) {
        Parsed.Unfit<?> unfit = (Parsed.Unfit<?>) OPTION.check(ending);
        assertEquals(objection, unfit.rule() + "; " + unfit.remedy());
    }

    @Test
    void endingIsNoLongerThanTheOthersNeed() {
        assertTrue(OPTION.check("." + "a".repeat(32)) instanceof Parsed.Value);
        assertTrue(OPTION.check("." + "a".repeat(33)) instanceof Parsed.Unfit);
    }
}
