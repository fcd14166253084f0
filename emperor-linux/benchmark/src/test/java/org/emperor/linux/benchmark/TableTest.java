package org.emperor.linux.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void textStandsLeftAndNumbersStandRight() {
        Table table = new Table(
                "Launch",
                "By whom.",
                List.of("who", "ms"),
                List.of(List.of("raw", "0.100"), List.of("emperor", "12.0")));
        assertEquals("""
                ## Launch

                By whom.

                | who     |    ms |
                | ------- | ----: |
                | raw     | 0.100 |
                | emperor |  12.0 |
                """, table.toString());
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Table("t", "n", List.of("a", "b"), List.of(List.of("only one"))));
    }

    @Test
    void numbersKeepThreeDigits() {
        assertEquals("0.073", Numbers.digits(0.0731));
        assertEquals("1.00", Numbers.digits(0.9999));
        assertEquals("9.99", Numbers.digits(9.99));
        assertEquals("10.0", Numbers.digits(9.996));
        assertEquals("100", Numbers.digits(99.96));
        assertEquals("1234", Numbers.digits(1234.4));
    }

    @Test
    void budgetIsKeptUpToItsLimitAndMissedAboveIt() {
        assertEquals("≤ 2.00 × raw: kept", Budget.ratio(2).verdict(2.0));
        assertEquals("≤ 2.00 × raw: missed", Budget.ratio(2).verdict(2.01));
        assertEquals("≤ 90.0 MiB: kept", Budget.value(90, "MiB").verdict(89));
    }
}
