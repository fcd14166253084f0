package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class IdMapTest {
    private static final IdMap TWO =
            new IdMap(List.of(new IdMap.Line(1000, 5000, 10), new IdMap.Line(0, 100_000, 1000)));

    @Test
    void idsOfEachLineAreShifted() {
        assertEquals(OptionalLong.of(100_000), TWO.outside(0));
        assertEquals(OptionalLong.of(100_999), TWO.outside(999));
        assertEquals(OptionalLong.of(5000), TWO.outside(1000));
        assertEquals(OptionalLong.of(5009), TWO.outside(1009));
        assertEquals(OptionalLong.empty(), TWO.outside(1010));
        assertFalse(TWO.has(-1));
    }

    @Test
    void runLiesInOneLineOrIsNotThere() {
        assertTrue(TWO.hasRun(0, 1000));
        assertTrue(TWO.hasRun(1009, 1));
        assertFalse(TWO.hasRun(999, 2), "the kernel does not look across lines either");
        assertFalse(TWO.hasRun(1009, 2));
        assertTrue(IdMap.WHOLE.hasRun(0x10000000, 0x60000000));
    }

    @Test
    void jailIsBuiltByRootOrElseByTheLowestId() {
        assertEquals(0, TWO.builder());
        assertEquals(33, new IdMap(List.of(new IdMap.Line(70, 1, 1), new IdMap.Line(33, 9, 2))).builder());
    }

    @Test
    void kernelAndPeopleReadItInTheirOwnWay() {
        assertEquals("1000 5000 10\n0 100000 1000", TWO.text());
        assertEquals("0 to 999, 1000 to 1009", TWO.ids());
        assertEquals("7", IdMap.of(7, 1000, 1).ids());
    }

    @Test
    void mapOfTheKernelIsUnderstood() {
        assertEquals(IdMap.WHOLE, IdMap.parse(List.of("         0          0 4294967295")));
        assertEquals(
                List.of(new IdMap.Line(0, 1000, 1), new IdMap.Line(1, 100_000, 65_536)),
                IdMap.parse(List.of("0 1000 1", "         1     100000      65536", "nonsense", "1 2", "1 2 0"))
                        .lines());
    }

    @Test
    void ownIdsSurviveTheirFacts() {
        OwnIds own = OwnIds.of(1000, 100, List.of(100, 27, 4), List.of("0 1000 1", "1 100000 9"), List.of(), "why not");
        OwnIds read = OwnIds.parse(
                own.text(), own.uids().text().replace('\n', ','), own.gids().text(), own.barred());
        assertEquals(own, read);
        assertEquals(List.of(27, 4), read.otherGroups());
        assertEquals(OwnIds.ROOT, OwnIds.parse(OwnIds.ROOT.text(), "", "", ""), "without a map all ids are there");
    }
}
