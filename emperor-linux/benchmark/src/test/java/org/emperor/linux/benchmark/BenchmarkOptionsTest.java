package org.emperor.linux.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchmarkOptionsTest {
    @Test
    void withoutWordsAllIsMeasuredButTheMultitude() {
        BenchmarkOptions options = BenchmarkOptions.parse(List.of());
        assertTrue(options.wants("launch"));
        assertTrue(options.wants("upkeep"));
        assertFalse(options.wants("multitude"));
        assertEquals(50, options.rounds(50));
    }

    @Test
    void namedPartsAreMeasuredAndNoOthers() {
        BenchmarkOptions options = BenchmarkOptions.parse(
                List.of("crowd", "--rounds", "10", "multitude", "--write", "docs/benchmarks.md", "--emperor", "/e"));
        assertTrue(options.wants("crowd"));
        assertTrue(options.wants("multitude"));
        assertFalse(options.wants("launch"));
        assertEquals(5, options.rounds(50));
        assertEquals(1, options.rounds(5));
        assertEquals(Path.of("docs/benchmarks.md"), options.document().orElseThrow());
        assertEquals(Path.of("/e"), options.emperor().orElseThrow());
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> BenchmarkOptions.parse(List.of("lunch")));
        assertThrows(IllegalArgumentException.class, () -> BenchmarkOptions.parse(List.of("--rounds")));
        assertThrows(IllegalArgumentException.class, () -> BenchmarkOptions.parse(List.of("--rounds", "0")));
        assertThrows(IllegalArgumentException.class, () -> BenchmarkOptions.parse(List.of("--rounds", "many")));
    }
}
