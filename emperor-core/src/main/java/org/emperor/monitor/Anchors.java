package org.emperor.monitor;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.emperor.jail.FileWatch.Note;

/** Which paths of one source depend on which entries elsewhere, and the watches on the directories of those entries. */
final class Anchors {
    private final Watches watches;
    private final Map<Anchor, Set<Path>> dependents = new HashMap<>();
    private final Map<Path, List<Anchor>> anchors = new HashMap<>();

    Anchors(Watches watches) {
        this.watches = watches;
    }

    /** Finds out anew what the path depends on, beside what is at its end if that is in a directory that is watched. */
    void follow(Path path) {
        follow(path, Anchor.of(path, false));
    }

    /** Finds out anew what the path depends on. */
    void followItself(Path path) {
        follow(path, Anchor.of(path, true));
    }

    private void follow(Path path, List<Anchor> found) {
        for (Anchor anchor : found) {
            watches.hold(anchor.directory());
            watches.arm(anchor.directory()); // without a watch the next rescan finds it
        }
        forget(path);
        found.forEach(anchor ->
                dependents.computeIfAbsent(anchor, a -> new LinkedHashSet<>()).add(path));
        if (!found.isEmpty()) {
            anchors.put(path, found);
        }
    }

    void forget(Path path) {
        List<Anchor> old = anchors.remove(path);
        if (old == null) {
            return;
        }
        for (Anchor anchor : old) {
            Set<Path> paths = dependents.get(anchor);
            if (paths != null && paths.remove(path) && paths.isEmpty()) {
                dependents.remove(anchor);
            }
            watches.release(anchor.directory());
        }
    }

    /** The paths that may lead elsewhere after this note. */
    List<Path> dependents(Note note) {
        if (dependents.isEmpty()) {
            return List.of(); // as in most directories, and for many notes
        }
        return switch (note.kind()) {
            case OVERFLOW -> List.copyOf(anchors.keySet());
            case DIRECTORY_GONE -> matching(anchor -> anchor.directory().equals(note.directory()));
            case COMPLETE, CHANGED -> named(note);
        };
    }

    private List<Path> named(Note note) {
        try {
            Path name = note.directory().getFileSystem().getPath(note.name());
            return List.copyOf(dependents.getOrDefault(new Anchor(note.directory(), name), Set.of()));
        } catch (InvalidPathException e) {
            return List.of();
        }
    }

    private List<Path> matching(Predicate<Anchor> predicate) {
        return dependents.entrySet().stream()
                .filter(entry -> predicate.test(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .distinct()
                .toList();
    }

    void clear() {
        Set.copyOf(anchors.keySet()).forEach(this::forget);
    }
}
