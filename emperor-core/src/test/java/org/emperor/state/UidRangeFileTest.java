package org.emperor.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.emperor.jail.IdRange;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UidRangeFileTest {
    private static final VassalName WEB = new VassalName("web");
    private static final VassalName API = new VassalName("api");
    private static final int FIRST = 0x10000000;

    @TempDir
    Path temporary;

    private Path directory;
    private int self;

    @BeforeEach
    void who() throws IOException {
        directory = temporary.toRealPath().resolve("data");
        self = Reign.self();
    }

    private UidRangeFile open() {
        return UidRangeFile.open(directory, self);
    }

    private void write(String content) throws IOException {
        open().close();
        Files.writeString(directory.resolve("uid-ranges"), content);
    }

    private String content() throws IOException {
        return Files.readString(directory.resolve("uid-ranges"));
    }

    @Test
    void rangesFollowEachOtherAndOutliveTheEmperor() throws IOException {
        try (UidRangeFile ranges = open()) {
            assertEquals(new IdRange(FIRST, 65536), ranges.rangeOf(WEB));
            assertEquals(new IdRange(FIRST + 65536, 65536), ranges.rangeOf(API));
            assertEquals("web = 268435456\napi = 268500992\n", content());
        }
        try (UidRangeFile ranges = open()) {
            assertEquals(new IdRange(FIRST + 65536, 65536), ranges.rangeOf(API));
            assertEquals(new IdRange(FIRST, 65536), ranges.rangeOf(WEB));
            assertEquals(List.of(), ranges.reports());
        }
    }

    @Test
    void manyThreadsGetOneRangePerName() throws Exception {
        ExecutorService launchers = Executors.newFixedThreadPool(8);
        try (UidRangeFile ranges = open()) {
            List<Future<IdRange>> asked = IntStream.range(0, 400)
                    .mapToObj(i -> launchers.submit(() -> ranges.rangeOf(new VassalName("v" + i % 100))))
                    .toList();
            Set<IdRange> given = new HashSet<>();
            for (int i = 0; i < asked.size(); i++) {
                assertEquals(asked.get(i % 100).get(), asked.get(i).get());
                given.add(asked.get(i).get());
            }
            assertEquals(100, given.size());
            assertEquals(100, content().lines().count());
        } finally {
            launchers.shutdown();
        }
    }

    @Test
    void damagedFileIsSetAsideItsGoodLinesCountAndNothingIsGivenTwice() throws IOException {
        String damaged = "web = 268435456\n\u0000\u0001\nx y\n../evil = 268566528\nlow = 65536\nweb = 268632064\n"
                + "twin = 268435456\nodd = 268435457\nhigh = 4294901760\ncut = 26869";
        write(damaged);
        try (UidRangeFile ranges = open()) {
            assertEquals(
                    List.of(directory.resolve("uid-ranges") + " was damaged in line 2 and others: it is now "
                            + directory.resolve("uid-ranges.damaged-1")
                            + ", 1 ranges were kept, and a vassal that lost its own gets a new one"),
                    ranges.reports());
            assertEquals(FIRST, ranges.rangeOf(WEB).base());
            IdRange fresh = ranges.rangeOf(API);
            assertTrue(fresh.base() >= FIRST + 3000 * 65536, "far from all that may have been given: " + fresh);
            assertEquals("web = 268435456\napi = " + fresh.base() + "\n", content());
        }
        assertEquals(damaged, Files.readString(directory.resolve("uid-ranges.damaged-1")));
        try (UidRangeFile ranges = open()) {
            assertEquals(List.of(), ranges.reports(), "told once");
        }
    }

    @Test
    void secondDamageIsAsSafeAsTheFirst() throws IOException {
        write("garbage\n");
        int first;
        try (UidRangeFile ranges = open()) {
            first = ranges.rangeOf(WEB).base();
        }
        Files.writeString(directory.resolve("uid-ranges"), "garbage again\n");
        try (UidRangeFile ranges = open()) {
            assertNotEquals(first, ranges.rangeOf(API).base());
        }
    }

    @Test
    void lostFileIsAFreshStart() throws IOException {
        write("");
        try (UidRangeFile ranges = open()) {
            assertEquals(FIRST, ranges.rangeOf(WEB).base());
        }
    }

    @Test
    void rangeThatCannotBeRecordedIsNotGiven() throws IOException {
        try (UidRangeFile ranges = open()) {
            Files.createDirectory(directory.resolve("uid-ranges.new"));
            UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> ranges.rangeOf(WEB));
            assertEquals(
                    "cannot record id range for vassal web: write " + directory.resolve("uid-ranges")
                            + ": Is a directory",
                    e.getMessage());
            Files.delete(directory.resolve("uid-ranges.new"));
            assertEquals(FIRST, ranges.rangeOf(API).base());
        }
    }

    @Test
    void poolEndsBelowTheIdsThatAreNegativeToSome() throws IOException {
        write("last = " + 0x7ffd0000 + "\n");
        try (UidRangeFile ranges = open()) {
            assertEquals(0x7ffe0000, ranges.rangeOf(WEB).base());
            UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> ranges.rangeOf(API));
            assertTrue(e.getMessage().endsWith("all ranges are given away"), e.getMessage());
        }
    }

    @Test
    void twoEmperorsDoNotShareOneFile() {
        try (UidRangeFile ranges = open()) {
            StateRefusal refusal = assertThrows(StateRefusal.class, this::open);
            assertEquals(
                    "cannot reign over " + directory + ": emperor with pid "
                            + ProcessHandle.current().pid() + " does already",
                    refusal.getMessage());
            assertEquals(FIRST, ranges.rangeOf(WEB).base());
        }
    }
}
