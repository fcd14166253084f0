package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @Test
    void blanksSeparateHoweverMany() {
        assertWords("  a \t b ", "a", "b");
        assertWords("");
        assertWords(" \t ");
    }

    @Test
    void singleQuotesKeepEverything() {
        assertWords("'a b' 'c\\d' '\"' 'x$(y)'", "a b", "c\\d", "\"", "x$(y)");
    }

    @Test
    void doubleQuotesKeepBackslashesThatEscapeNothing() {
        assertWords("\"a b\" \"\\\"\" \"\\\\\" \"\\$x\" \"\\n'\"", "a b", "\"", "\\", "$x", "\\n'");
    }

    @Test
    void backslashOutsideQuotesEscapesAnything() {
        assertWords("a\\ b \\'c\\\" \\\\ \\n", "a b", "'c\"", "\\", "n");
    }

    @Test
    void quotesInsideAWordBelongToIt() {
        assertWords("--name='a b'\"c d\"e", "--name=a bc de");
    }

    @Test
    void emptyQuotesAreAnEmptyWord() {
        assertWords("'' a \"\"", "", "a", "");
    }

    @Test
    void whatAShellWouldInterpretIsLiteral() {
        assertWords("a|b ; $HOME `id` > *.txt & ~ # x", "a|b", ";", "$HOME", "`id`", ">", "*.txt", "&", "~", "#", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc 'd", "abc \"d", "abc \"d\\\"", "abc \"d\\", "abc \"'"})
    void openQuoteIsRefusedWhereItOpens(String text) {
        assertEquals(
                new Parsed.Unfit<List<String>>(
                        "a quote that is not closed", "put a backslash before one that is meant literally", 4),
                Words.parse(text));
    }

    @Test
    void backslashAtTheEndIsRefused() {
        assertEquals(
                new Parsed.Unfit<List<String>>(
                        "a backslash before nothing", "put a backslash before one that is meant literally", 2),
                Words.parse("a \\"));
    }

    private static void assertWords(String text, String... words) {
        assertEquals(Parsed.value(List.of(words)), Words.parse(text));
    }
}
