package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emperor.jail.FileWatch;
import org.emperor.lang.Stamp;
import org.emperor.realm.Moment;

/**
 * A kernel whose notes a test writes: it delivers those about directories that are watched and still the ones that were when
 * the watch began, and waits in virtual time.
 */
final class FakeFileWatch implements FileWatch {
    private final ManualClock clock;
    private final List<Note> notes = new ArrayList<>();
    private final Map<Path, String> watched = new HashMap<>();
    private final Map<Path, Optional<Boolean>> quiet = new HashMap<>();
    private final Map<Path, Integer> asked = new HashMap<>();
    private Optional<String> failure = Optional.empty();
    private Moment horizon;

    FakeFileWatch(ManualClock clock) {
        this.clock = clock;
        this.horizon = clock.get();
    }

    /** Waiting ends here at the latest. */
    void horizon(Moment horizon) {
        this.horizon = horizon;
    }

    boolean hasNotes() {
        return !notes.isEmpty();
    }

    void note(Kind kind, Path directory, String name) {
        boolean onDirectory = kind == Kind.DIRECTORY_GONE && watched.containsKey(directory);
        if (kind == Kind.OVERFLOW || onDirectory || inode(directory).equals(watched.get(directory))) {
            notes.add(new Note(kind, directory, name));
        }
        if (kind == Kind.DIRECTORY_GONE) {
            watched.remove(directory);
        }
    }

    private static String inode(Path directory) {
        try {
            return Stamp.of(directory).inode();
        } catch (IOException gone) {
            return "gone";
        }
    }

    void failWith(String error) {
        failure = Optional.of(error);
        watched.clear();
    }

    void work() {
        failure = Optional.empty();
    }

    void quiet(Path file, Optional<Boolean> answer) {
        quiet.put(file, answer);
    }

    /** How often somebody wanted to know whether the file is quiet. */
    int asked(Path file) {
        return asked.getOrDefault(file, 0);
    }

    Set<Path> watched() {
        return Set.copyOf(watched.keySet());
    }

    @Override
    public Optional<String> watch(Path directory) {
        if (failure.isEmpty() && Files.isDirectory(directory)) {
            watched.putIfAbsent(directory, inode(directory));
            return Optional.empty();
        }
        return failure.or(() -> Optional.of("ENOENT (no such file or directory)"));
    }

    @Override
    public void unwatch(Path directory) {
        watched.remove(directory);
    }

    @Override
    public List<Note> await(Duration atMost) {
        if (notes.isEmpty()) {
            Duration left = clock.get().until(horizon);
            clock.advance(left.compareTo(atMost) < 0 ? left : atMost);
        }
        List<Note> told = List.copyOf(notes);
        notes.clear();
        return told;
    }

    @Override
    public void wake() {}

    @Override
    public Optional<Boolean> isQuiet(Path file) {
        asked.merge(file, 1, Integer::sum);
        return quiet.getOrDefault(file, Optional.of(true));
    }

    @Override
    public void close() {}
}
