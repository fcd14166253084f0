package org.emperor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void ordinaryTextOfAnyLanguageStays() {
        assertEquals("Grüße, 世界 ✓ 😀", Printable.of("Grüße, 世界 ✓ 😀"));
    }

    @Test
    void whatCouldMoveTheCursorOrReorderTextIsEscaped() {
        assertEquals("a\\nb\\r\\t\\x1b[2J\\x7f\\x9b", Printable.of("a\nb\r\t\033[2J\177\u009b"));
        assertEquals("\\u{202e}gnp.exe\\u{200b}\\u{2028}", Printable.of("\u202egnp.exe\u200b\u2028"));
        assertEquals("\\u{d800}", Printable.of("\ud800"));
    }
}
