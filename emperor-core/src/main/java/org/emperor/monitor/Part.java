package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.emperor.jail.FileWatch;
import org.emperor.lang.Stamp;
import org.emperor.realm.Moment;

/** A file that vassal files are made of: an include, a file whose text is a value, a file of variables. It may be missing. */
final class Part {
    private final Path path;
    private final Set<Path> users = new LinkedHashSet<>();
    private final Completeness completeness = new Completeness();
    private Optional<Stamp> stamp = Optional.empty();
    private boolean changed = true;
    private Optional<Moment> due = Optional.empty();

    Part(Path path) {
        this.path = path;
    }

    /** The vassal files that are made of it. */
    Set<Path> users() {
        return users;
    }

    void hint(FileWatch.Kind kind) {
        completeness.hint(kind);
        changed = true;
        due = Optional.empty();
    }

    /** Whether it is to be looked at before anything made of it is read. */
    boolean isDue(Moment now) {
        return changed && (due.isEmpty() || !due.get().isAfter(now));
    }

    void look(Moment now, Watches watches) {
        stamp = stamp();
        if (stamp.isEmpty()) {
            completeness.forget();
        }
        due = stamp.isEmpty() ? Optional.empty() : completeness.until(path, stamp.get(), now, watches);
        changed = due.isPresent();
        if (!changed) {
            completeness.doubt();
        }
    }

    /** When what is made of it may be read; empty if now. */
    Optional<Moment> until() {
        return due;
    }

    /** Whether it is not what it was when somebody looked. */
    boolean isOther() {
        return !stamp.equals(stamp());
    }

    private Optional<Stamp> stamp() {
        try {
            return Optional.of(Stamp.of(path));
        } catch (IOException missing) {
            return Optional.empty(); // whoever reads it tells why
        }
    }
}
