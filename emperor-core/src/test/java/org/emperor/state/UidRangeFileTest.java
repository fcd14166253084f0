package org.emperor.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        return open(directory);
    }

    /** As an emperor of this host with that data directory. */
    private UidRangeFile open(Path data) {
        return UidRangeFile.open(data, self, new Neighbours(temporary.resolve("claims"), temporary.resolve("etc")));
    }

    /** The range that an emperor on this directory takes after so many others. */
    private int nth(int index) {
        return new RangePool(0, directory.resolve("uid-ranges").toString().hashCode()).base(index);
    }

    /** Of another emperor. */
    private RangeClaims claims() {
        return new RangeClaims(temporary.resolve("claims"));
    }

    private void register(String file, String line) throws IOException {
        Files.writeString(Files.createDirectories(temporary.resolve("etc")).resolve(file), line + "\n");
    }

    private static String refusal(UidRangeFile ranges, VassalName name) {
        return String.valueOf(assertThrows(UncheckedIOException.class, () -> ranges.rangeOf(name))
                .getMessage());
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
            assertEquals(new IdRange(nth(0), 65536), ranges.rangeOf(WEB));
            assertEquals(new IdRange(nth(1), 65536), ranges.rangeOf(API));
            assertEquals(
                    Set.of("web = " + nth(0), "api = " + nth(1)),
                    Set.copyOf(content().lines().toList()));
        }
        try (UidRangeFile ranges = open()) {
            assertEquals(nth(1), ranges.rangeOf(API).base());
            assertEquals(nth(0), ranges.rangeOf(WEB).base());
            assertEquals(nth(2), ranges.rangeOf(new VassalName("third")).base());
            assertEquals(List.of(), ranges.reports());
        }
    }

    @Test
    void emperorsOnDifferentDirectoriesBeginAtDifferentPlaces() {
        Set<Integer> places = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            try (UidRangeFile ranges = open(directory.resolveSibling("data" + i))) {
                places.add(ranges.rangeOf(WEB).base());
            }
        }
        assertTrue(places.size() > 15, "even those that never lived at one time: " + places);
    }

    @Test
    void rangeThatALivingEmperorUsesIsPassedOver() throws IOException {
        try (RangeClaims other = claims()) {
            assertTrue(other.claim(nth(0)));
            try (UidRangeFile ranges = open()) {
                assertEquals(nth(1), ranges.rangeOf(WEB).base());
                assertFalse(other.claim(nth(1)), "and the other cannot take this one's");
            }
            assertTrue(other.claim(nth(1)), "who has ended uses nothing");
        }
    }

    @Test
    void recordedRangeThatALivingEmperorUsesIsToldAndNotShared() throws IOException {
        write("web = " + nth(0) + "\n");
        try (UidRangeFile ranges = open()) {
            try (RangeClaims other = claims()) {
                assertTrue(other.claim(nth(0)));
                assertEquals(
                        "cannot give vassal web a range of ids: another emperor of this host uses its ids " + nth(0)
                                + " to "
                                + (nth(0) + 65535) + "; stop that one, or remove web from "
                                + directory.resolve("uid-ranges") + " while this one does not run",
                        refusal(ranges, WEB));
            }
            assertEquals(nth(0), ranges.rangeOf(WEB).base(), "as soon as that one has ended");
        }
    }

    @Test
    void claimsThatCannotBeMadeAreRefusals() throws IOException {
        Files.createDirectory(temporary.resolve("claims"));
        try (UidRangeFile ranges = open()) {
            assertEquals(
                    "cannot give vassal web a range of ids: lock " + temporary.resolve("claims") + ": Is a directory",
                    refusal(ranges, WEB));
        }
    }

    @ParameterizedTest
    @CsvSource({"subuid, alice:%d:65536", "subgid, 1000:%d:1", "passwd, far:x:%d:7::/:/bin/sh", "group, far:x:%d:"})
    void rangeThatTheHostHasGivenToSomebodyIsPassedOver(String file, String line) throws IOException {
        register(file, String.format(line, nth(0)));
        try (UidRangeFile ranges = open()) {
            assertEquals(nth(1), ranges.rangeOf(WEB).base());
        }
    }

    @Test
    void entryOfThePoolItselfAndWhatIsNoEntryAreNoObstacle() throws IOException {
        register("subuid", "emperor:268435456:1878982656\nalice:100000:65536\nnonsense\na:b:c\n:::");
        try (UidRangeFile ranges = open()) {
            assertEquals(nth(0), ranges.rangeOf(WEB).base());
        }
    }

    @Test
    void whatTheHostGivesMeanwhileIsPassedOverToo() throws IOException {
        try (UidRangeFile ranges = open()) {
            assertEquals(nth(0), ranges.rangeOf(WEB).base());
            register("subuid", "alice:" + nth(1) + ":65536");
            assertEquals(nth(2), ranges.rangeOf(API).base());
            register("subuid", "alice:" + nth(3) + ":65536");
            assertEquals(nth(4), ranges.rangeOf(new VassalName("third")).base());
        }
    }

    @Test
    void recordedRangeThatTheHostGaveToSomebodyLaterIsReported() throws IOException {
        write("web = " + nth(0) + "\n");
        register("subuid", "alice:" + (nth(0) + 65535) + ":2");
        try (UidRangeFile ranges = open()) {
            assertEquals(
                    List.of("ids " + nth(0) + " to " + (nth(0) + 65535) + " of vassal web are also those of alice in "
                            + temporary.resolve("etc/subuid") + "; give one of them others"),
                    ranges.reports());
            assertEquals(nth(0), ranges.rangeOf(WEB).base(), "its files have these ids");
        }
    }

    @Test
    void poolThatIsUsedUpIsTold() throws IOException {
        register("subgid", "hog:268435456:1878982656");
        try (UidRangeFile ranges = open()) {
            assertEquals(
                    "cannot give vassal web a range of ids: all are given away; remove vassals whose files are gone from "
                            + directory.resolve("uid-ranges") + " while no emperor runs, and what their ids own",
                    refusal(ranges, WEB));
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
            assertEquals(nth(0), ranges.rangeOf(WEB).base());
        }
    }

    @Test
    void rangeThatCannotBeRecordedIsNotGiven() throws IOException {
        try (UidRangeFile ranges = open()) {
            Files.createDirectory(directory.resolve("uid-ranges.new"));
            assertEquals(
                    "cannot give vassal web a range of ids: write " + directory.resolve("uid-ranges")
                            + ": Is a directory",
                    refusal(ranges, WEB));
            Files.delete(directory.resolve("uid-ranges.new"));
            assertEquals(nth(0), ranges.rangeOf(API).base());
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
            assertEquals(nth(0), ranges.rangeOf(WEB).base());
        }
    }
}
