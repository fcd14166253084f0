package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.emperor.jail.FileWatch;
import org.emperor.realm.Moment;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader as a thread, in real time. */
class VassalReaderTest {
    @TempDir
    Path directory;

    /** Notes come from the test's thread. */
    private static final class QueueWatch implements FileWatch {
        private static final Note WAKE = new Note(Kind.CHANGED, Path.of("/"), "wake");

        private final BlockingQueue<Note> notes = new LinkedBlockingQueue<>();

        @Override
        public Optional<String> watch(Path directory) {
            return Optional.empty();
        }

        @Override
        public void unwatch(Path directory) {}

        @Override
        public List<Note> await(Duration atMost) {
            try {
                Note note = notes.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
                return note == null || note == WAKE ? List.of() : List.of(note);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void wake() {
            notes.add(WAKE);
        }

        @Override
        public Optional<Boolean> isQuiet(Path file) {
            return Optional.of(true);
        }

        @Override
        public void close() {}
    }

    @Test
    void tellsWhatIsThereThenWhatChangesAndEndsWhenToldTo() throws Exception {
        BlockingQueue<Survey> surveys = new LinkedBlockingQueue<>();
        QueueWatch watch = new QueueWatch();
        Sources sources = new Sources(
                file -> new SpecResult.Accepted(
                        List.of(Scene.spec(new VassalName("web"), file, "one")), List.of(), Map.of()),
                watch,
                () -> new Moment(System.nanoTime()),
                Sources.RESCAN);
        VassalReader reader = new VassalReader(
                List.of(sources.monitor(directory.toString())),
                watch,
                () -> new Moment(System.nanoTime()),
                surveys::add);
        Thread thread = new Thread(reader, "reader");
        thread.start();
        assertEquals(new Survey(List.of(), List.of(), true), next(surveys));
        Path file = Files.writeString(directory.resolve("web.ini"), "one");
        watch.notes.add(new FileWatch.Note(FileWatch.Kind.COMPLETE, directory.toRealPath(), "web.ini"));
        assertEquals(Change.Kind.APPEARED, next(surveys).changes().get(0).kind());
        Files.delete(file);
        watch.notes.add(new FileWatch.Note(FileWatch.Kind.CHANGED, directory.toRealPath(), "web.ini"));
        assertEquals(Change.Kind.VANISHED, next(surveys).changes().get(0).kind());
        reader.stop();
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertFalse(thread.isAlive());
    }

    private static Survey next(BlockingQueue<Survey> surveys) throws InterruptedException {
        Survey survey = surveys.poll(10, TimeUnit.SECONDS);
        assertNotNull(survey);
        return survey;
    }
}
