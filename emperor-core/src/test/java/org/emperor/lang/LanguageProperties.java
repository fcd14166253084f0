package org.emperor.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class LanguageProperties {
    private final FakeSurroundings world = new FakeSurroundings()
            .variable("HOME", "/home/%(a)")
            .variable("LOOP", "$(LOOP)")
            .file("/srv/f", "line %(a)\n@(f)\n")
            .file("/srv/words", "one\ntwo %(b)\n")
            .file("/srv/b.ini", "[vassal]\nb = %(a)\ninclude = c.ini\n[s]\nc = 1")
            .file("/srv/c.ini", "[vassal]\nif-opt = a\nd = %(_)\nendif =\ninherit = web.ini:s");

    @Property(tries = 500)
    void anyBytesInAnyFormatAreAnswered(@ForAll @Size(max = 1000) byte[] content, @ForAll Format format) {
        assertAnswered(read(format, content));
    }

    @Property(tries = 2000)
    void anyLinesOfTheLanguageAreAnswered(@ForAll("lines") List<String> lines) {
        Reading reading = read(Format.INI, bytes("[vassal]\n" + String.join("\n", lines)));
        assertAnswered(reading);
        assertEquals(reading, read(Format.INI, bytes("[vassal]\n" + String.join("\n", lines))));
    }

    @Property
    void escapedTextIsItself(@ForAll("texts") String text) {
        String value = text.replaceAll("[\\p{Cntrl}\\s]", "_");
        Reading reading = read(Format.INI, bytes("[vassal]\na = " + Reference.escaped(value)));
        assertEquals(List.of(), reading.problems());
        assertEquals(value, reading.settings().get(0).value());
    }

    @Property
    void loopsRunLineByLine(@ForAll("words") List<String> words) {
        Reading reading = read(
                Format.INI, bytes("[vassal]\nfor = " + String.join(" ", words) + "\nx = %(_)\ny = %(_)\nendfor ="));
        List<String> values = reading.settings().stream().map(Setting::value).toList();
        assertEquals(words, values.subList(0, words.size()));
        assertEquals(words, values.subList(words.size(), values.size()));
    }

    private Reading read(Format format, byte[] content) {
        return Language.read("/srv/web." + format.name().toLowerCase(Locale.ROOT), content, "vassal", world);
    }

    private static void assertAnswered(Reading reading) {
        assertTrue(reading.problems().size() <= 1_100);
        for (Problem problem : reading.problems()) {
            assertFalse(problem.rule().isEmpty());
            assertTrue(problem.position().file().startsWith("/srv/"), problem::toString);
        }
        for (Setting setting : reading.settings()) {
            assertFalse(setting.key().isEmpty());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.strings()
                .alpha()
                .ofMinLength(1)
                .ofMaxLength(5)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("%$@()ab ").ofMaxLength(12).map(text -> "x" + text + "x");
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> key = Arbitraries.of(
                "a",
                "b",
                "include",
                "ini",
                "inherit",
                "if-env",
                "if-not-opt",
                "if-file",
                "for",
                "for-times",
                "for-readline",
                "for-glob",
                "endif",
                "end",
                "else",
                "set",
                "set-ph",
                "declare-option",
                "m",
                "print",
                "iprint",
                "blacklist",
                "whitelist",
                "end-whitelist",
                "%n",
                "if-hostname-match",
                "yaml",
                "exit");
        Arbitrary<String> part = Arbitraries.of(
                "",
                "a",
                "b",
                "1",
                "3",
                " ",
                "=",
                "%(a)",
                "%(b)",
                "%(_)",
                "%(a + 1)",
                "$(HOME)",
                "$(LOOP)",
                "@(f)",
                "words",
                "b.ini",
                ":s",
                "m=print=$1;set=$2",
                "%",
                "%%",
                "%n",
                "%(",
                ")",
                "HOME",
                "*",
                "(a|",
                ";",
                "é");
        Arbitrary<String> value = part.list().ofMaxSize(4).map(parts -> String.join("", parts));
        return Combinators.combine(key, value)
                .as((left, right) -> left + " = " + right)
                .list()
                .ofMaxSize(15);
    }
}
