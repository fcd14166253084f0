package org.emperor.monitor;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Stamp;
import org.emperor.realm.Moment;

/**
 * Files of one directory that a look missed and that may come back: an editor replaces a file by removing it first, and the
 * removal of a whole directory, which stops nobody, begins with its files. They count as gone when none has followed for
 * a grace, or at last after the longest one.
 */
final class Losses {
    private static final Duration GRACE = Duration.ofMillis(50);
    private static final Duration LONGEST_GRACE = Duration.ofMillis(500);

    private final Set<VassalFile> lost = new LinkedHashSet<>();
    private Moment first = Moment.ZERO;
    private Moment last = Moment.ZERO;

    void add(VassalFile file, Moment now) {
        if (lost.isEmpty()) {
            first = now;
        }
        if (lost.add(file)) {
            last = now;
        }
    }

    void remove(VassalFile file) {
        lost.remove(file);
    }

    void clear() {
        lost.clear();
    }

    /** When to look for them the second time. */
    Optional<Moment> due() {
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        Moment soon = last.plus(GRACE);
        Moment late = first.plus(LONGEST_GRACE);
        return Optional.of(soon.isAfter(late) ? late : soon);
    }

    List<VassalFile> files() {
        return List.copyOf(lost);
    }

    /** A file that was renamed needs no second look: it is where the stamp was taken. */
    Optional<VassalFile> renamedTo(Stamp stamp) {
        return lost.stream().filter(file -> file.wasRenamedTo(stamp)).findFirst();
    }
}
