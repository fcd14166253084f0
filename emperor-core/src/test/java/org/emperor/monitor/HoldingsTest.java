package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldingsTest {
    private static final Path A = Path.of("/a");
    private static final Path B = Path.of("/b");

    @TempDir
    Path root;

    @Test
    void noteConcernsWhoeverHoldsItsDirectoryAsOftenAsItTookIt() throws IOException {
        Path watched = Files.createDirectory(root.resolve("watched"));
        FakeFileWatch kernel = new FakeFileWatch(new ManualClock());
        Holdings holdings = new Holdings(new KernelWatches(kernel));
        Watches a = holdings.of(A);
        a.hold(watched);
        a.hold(watched);
        a.arm(watched);
        holdings.of(B).hold(watched);
        assertEquals(Set.of(A, B), Set.copyOf(holdings.holders(watched)));
        assertEquals(List.of(), holdings.holders(root));
        holdings.of(B).release(watched);
        a.release(watched);
        assertEquals(List.of(A), holdings.holders(watched));
        assertEquals(Set.of(watched), kernel.watched());
        a.release(watched);
        assertEquals(List.of(), holdings.holders(watched));
        assertEquals(Set.of(), kernel.watched());
    }
}
