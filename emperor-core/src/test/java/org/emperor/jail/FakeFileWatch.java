package org.emperor.jail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Notes as a test gives them; empty lists wake only. */
public final class FakeFileWatch implements FileWatch {
    private final LinkedBlockingQueue<List<Note>> notes = new LinkedBlockingQueue<>();

    /** The kernel notes this. */
    public void note(Note note) {
        notes.add(List.of(note));
    }

    @Override
    public Optional<String> watch(Path directory) {
        return Optional.empty();
    }

    @Override
    public void unwatch(Path directory) {}

    @Override
    public List<Note> await(Duration atMost) {
        List<Note> all = new ArrayList<>();
        try {
            List<Note> first = notes.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                all.addAll(first);
                for (List<Note> more = notes.poll(); more != null; more = notes.poll()) {
                    all.addAll(more);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return all;
    }

    @Override
    public void wake() {
        notes.add(List.of());
    }

    @Override
    public Optional<Boolean> isQuiet(Path file) {
        return Optional.of(true);
    }

    @Override
    public void close() {
        wake();
    }
}
