package org.emperor.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.StringJoiner;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WordsProperties {
    /** The ways to write a word so that it is read as itself. */
    enum Quoting {
        SINGLE {
            @Override
            String quote(String word) {
                return "'" + word.replace("'", "'\\''") + "'";
            }
        },
        DOUBLE {
            @Override
            String quote(String word) {
                return "\"" + word.replaceAll("([\"\\\\$`])", "\\\\$1") + "\"";
            }
        },
        BACKSLASH {
            @Override
            String quote(String word) {
                return word.isEmpty() ? "''" : word.replaceAll("(?s)([^A-Za-z0-9])", "\\\\$1");
            }
        };

        abstract String quote(String word);
    }

    @Property
    void quotedWordsAreReadAsTheyWere(@ForAll("words") List<String> words, @ForAll List<Quoting> quotings) {
        StringJoiner text = new StringJoiner(" \t");
        for (int i = 0; i < words.size(); i++) {
            Quoting quoting = quotings.isEmpty() ? Quoting.SINGLE : quotings.get(i % quotings.size());
            text.add(quoting.quote(words.get(i)));
        }
        assertEquals(Parsed.value(words), Words.parse(text.toString()));
    }

    @Property
    void everyTextIsWordsOrRefusedWithinIt(@ForAll("tricky") String text) {
        if (Words.parse(text) instanceof Parsed.Unfit<?> unfit) {
            assertTrue(unfit.index() < text.length() && "'\"\\".indexOf(text.charAt(unfit.index())) >= 0);
        } else {
            int length = Words.parse(text).value().orElseThrow().stream()
                    .mapToInt(String::length)
                    .sum();
            assertTrue(length <= text.length());
        }
    }

    @Provide
    Arbitrary<List<String>> words() {
        return tricky().list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> tricky() {
        Arbitrary<Character> special = Arbitraries.of('\'', '"', '\\', ' ', '\t', '$', '`', 'a', 'n', '#', 'é');
        return Arbitraries.oneOf(
                special.list().ofMaxSize(12).map(WordsProperties::join),
                Arbitraries.strings().ofMaxLength(12));
    }

    private static String join(List<Character> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }
}
