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

/**
 * What of one source depends on which entries elsewhere, and the watches on the directories of those entries.
 *
 * @param <T> what depends
 */
final class Anchors<T> {
    private final Watches watches;
    private final Map<Anchor, Set<T>> dependents = new HashMap<>();
    private final Map<T, List<Anchor>> anchors = new HashMap<>();

    Anchors(Watches watches) {
        this.watches = watches;
    }

    /** From now on it depends on these. */
    void follow(T dependent, List<Anchor> found) {
        for (Anchor anchor : found) {
            watches.hold(anchor.directory());
            watches.arm(anchor.directory()); // without a watch the next rescan finds it
        }
        forget(dependent);
        found.forEach(anchor ->
                dependents.computeIfAbsent(anchor, a -> new LinkedHashSet<>()).add(dependent));
        if (!found.isEmpty()) {
            anchors.put(dependent, found);
        }
    }

    void forget(T dependent) {
        List<Anchor> old = anchors.remove(dependent);
        if (old == null) {
            return;
        }
        for (Anchor anchor : old) {
            Set<T> those = dependents.get(anchor);
            if (those != null && those.remove(dependent) && those.isEmpty()) {
                dependents.remove(anchor);
            }
            watches.release(anchor.directory());
        }
    }

    /** What may have changed by what this note tells. */
    List<T> dependents(Note note) {
        if (dependents.isEmpty()) {
            return List.of(); // as in most directories, and for many notes
        }
        return switch (note.kind()) {
            case OVERFLOW -> List.copyOf(anchors.keySet());
            case DIRECTORY_GONE -> matching(anchor -> anchor.directory().equals(note.directory()));
            case COMPLETE, CHANGED -> named(note);
        };
    }

    private List<T> named(Note note) {
        Set<T> named = new LinkedHashSet<>(dependents.getOrDefault(Anchor.every(note.directory()), Set.of()));
        try {
            Path name = note.directory().getFileSystem().getPath(note.name());
            named.addAll(dependents.getOrDefault(new Anchor(note.directory(), name), Set.of()));
        } catch (InvalidPathException e) {
            return List.copyOf(named); // nothing depends on a name that Java's locale has no characters for
        }
        return List.copyOf(named);
    }

    private List<T> matching(Predicate<Anchor> predicate) {
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
