package org.emperor.rehearsal;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.emperor.lang.FakeSurroundings;
import org.emperor.spec.FewAccounts;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Options;
import org.emperor.spec.SpecReader;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    Path state;

    private final SpecReader specs = new SpecReader(
            new OptionTable(Options.portable(), List.of(), Map.of()),
            new FewAccounts(),
            List.of(),
            new FakeSurroundings());
    private final Queue<VassalSpec> launched = new ConcurrentLinkedQueue<>();

    private final AtomicInteger settled = new AtomicInteger();

    /** The reign ends when it has settled for the first time. */
    private Rehearsal rehearsal(Path stage, LongSupplier turns) {
        Rehearsal[] rehearsal = new Rehearsal[1];
        rehearsal[0] = new Rehearsal(this::read, launched::add, stage, turns, () -> {
            settled.incrementAndGet();
            rehearsal[0].stop();
        });
        return rehearsal[0];
    }

    private SpecResult read(Path file) {
        try {
            VassalName name = VassalName.parse("rehearsal").orElseThrow();
            return specs.read(name, file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void playsHundredsOfEditsAsTheEmperorWouldSeeThem() {
        rehearsal(state.resolve("stage"), () -> 0).run();
        assertTrue(launched.size() > 100, () -> launched.size() + " launches");
        assertEquals(
                launched.size(),
                launched.stream().map(VassalSpec::digest).distinct().count());
    }

    @Test
    void leavesNothingBehind() throws IOException {
        rehearsal(state.resolve("stage"), () -> 0).run();
        try (var left = Files.list(state)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void doesNotBeginWhileTheEmperorIsBusy() {
        AtomicLong turns = new AtomicLong();
        Rehearsal rehearsal = rehearsal(state.resolve("stage"), () -> {
            assertFalse(Files.exists(state.resolve("stage")));
            return Math.min(3, turns.getAndIncrement());
        });
        rehearsal.run();
        assertEquals(5, turns.get(), "asked until the same answer came twice");
    }

    @Test
    void isNotPlayedOnceTheReignIsOver() {
        Rehearsal rehearsal = rehearsal(state.resolve("stage"), () -> 0);
        rehearsal.stop();
        rehearsal.run();
        assertEquals(List.of(), List.copyOf(launched));
    }

    @Test
    void breaksOffWhenTheReignEndsMeanwhile() {
        Rehearsal[] rehearsal = new Rehearsal[1];
        rehearsal[0] = new Rehearsal(
                this::read,
                spec -> {
                    launched.add(spec);
                    rehearsal[0].stop();
                },
                state.resolve("stage"),
                () -> 0,
                settled::incrementAndGet);
        rehearsal[0].run();
        assertAll(() -> assertEquals(1, launched.size()), () -> assertFalse(Files.exists(state.resolve("stage"))));
    }

    @Test
    void thatCannotBePlayedIsNoHarm() throws IOException {
        Path file = Files.createFile(state.resolve("file"));
        rehearsal(file.resolve("stage"), () -> 0).run();
        assertEquals(List.of(), List.copyOf(launched));
        assertEquals(1, settled.get());
    }

    @Test
    void givesBackTwiceWhatItTook() {
        new Rehearsal(this::read, launched::add, state.resolve("stage"), () -> 0, settled::incrementAndGet).run();
        assertEquals(2, settled.get());
    }
}
