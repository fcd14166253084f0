package org.emperor.monitor;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emperor.jail.FileWatch;
import org.emperor.realm.Moment;

/**
 * The other files that the vassal files of one directory are made of. Each is watched, and looked at once after a change
 * however many files use it. Only their content counts: it is part of the meaning of the vassal files.
 */
final class Parts {
    private final Watches watches;
    private final Anchors<Path> anchors;
    private final Map<Path, Part> parts = new HashMap<>();
    private final Map<Path, Set<Path>> used = new HashMap<>();

    Parts(Watches watches) {
        this.watches = watches;
        this.anchors = new Anchors<>(watches);
    }

    /** The vassal files that may mean something else after this note. */
    Set<Path> hint(FileWatch.Note note) {
        if (parts.isEmpty() || note.kind() == FileWatch.Kind.OVERFLOW) {
            return Set.of(); // after an overflow everything is looked at
        }
        Set<Path> users = new LinkedHashSet<>();
        for (Path path : anchors.dependents(note)) {
            // A link on the way that was renamed into place says nothing of the file it leads to.
            boolean itself = path.equals(note.directory().resolve(note.name()));
            hint(path, itself ? note.kind() : FileWatch.Kind.CHANGED, users);
        }
        return users;
    }

    private void hint(Path path, FileWatch.Kind kind, Set<Path> users) {
        Part part = parts.get(path);
        if (part != null) {
            part.hint(kind);
            users.addAll(part.users());
        }
    }

    /** The vassal files made of something that is not what it was, whether the kernel told or not. */
    Set<Path> compare() {
        Set<Path> users = new LinkedHashSet<>();
        parts.forEach((path, part) -> {
            anchors.follow(path, Anchor.of(path, true)); // an earlier try to watch may have failed
            if (part.isOther()) {
                hint(path, FileWatch.Kind.CHANGED, users);
            }
        });
        return users;
    }

    /** When the vassal file may be read, as far as it is made of these; empty if now. */
    Optional<Moment> until(Path file, Moment now) {
        Optional<Moment> until = Optional.empty();
        for (Path path : used.getOrDefault(file, Set.of())) {
            Part part = parts.get(path);
            if (part != null && part.isDue(now)) {
                anchors.follow(
                        path,
                        Anchor.of(path, true)); // watched before it is looked at, so that no change falls in between
                part.look(now, watches);
            }
            if (part != null && part.until().isPresent()) {
                until = part.until();
            }
        }
        return until;
    }

    /**
     * What the vassal file is made of, as it was just read.
     *
     * @return whether any of it is new here, so that nobody watched it while it was read
     */
    boolean use(Path file, List<String> names) {
        if (names.isEmpty() && !used.containsKey(file)) {
            return false; // as most are
        }
        Set<Path> now = paths(file, names);
        Set<Path> before = names.isEmpty() ? used.remove(file) : used.put(file, now);
        if (before != null) {
            before.stream().filter(path -> !now.contains(path)).forEach(path -> leave(path, file));
        }
        boolean isNew = false;
        for (Path path : now) {
            isNew |= !parts.containsKey(path);
            parts.computeIfAbsent(path, Part::new).users().add(file);
        }
        return isNew;
    }

    private static Set<Path> paths(Path file, List<String> names) {
        Set<Path> paths = new LinkedHashSet<>();
        for (String name : names) {
            path(file, name).ifPresent(paths::add);
        }
        return paths;
    }

    private static Optional<Path> path(Path file, String name) {
        try {
            return Optional.of(file.resolveSibling(name));
        } catch (InvalidPathException unfit) {
            return Optional.empty(); // nothing can ever be there
        }
    }

    void forget(Path file) {
        use(file, List.of());
    }

    private void leave(Path path, Path file) {
        Part part = parts.get(path);
        if (part != null && part.users().remove(file) && part.users().isEmpty()) {
            parts.remove(path);
            anchors.forget(path);
        }
    }
}
