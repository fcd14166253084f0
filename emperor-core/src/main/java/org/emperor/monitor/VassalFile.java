package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.emperor.jail.FileWatch;
import org.emperor.realm.Moment;
import org.jspecify.annotations.Nullable;

/** What is known about one file, and whether it is to be read now: never before it is complete. */
final class VassalFile {
    /** How long a file must not change to count as complete where the file system cannot tell who writes. */
    static final Duration QUIET = Duration.ofMillis(250);

    private final Path path;
    private final Surroundings surroundings;
    private @Nullable Stamp read;
    private boolean owed;
    private boolean complete;
    private boolean heldBack;
    private Pace pace = Pace.FRESH;
    private @Nullable Stamp still;
    private Moment stillSince = Moment.ZERO;
    private Optional<Moment> due = Optional.empty();

    VassalFile(Path path, Surroundings surroundings) {
        this.path = path;
        this.surroundings = surroundings;
    }

    Path path() {
        return path;
    }

    /** When to look again even without a hint. */
    Optional<Moment> due() {
        return due;
    }

    boolean wasRead() {
        return read != null;
    }

    /** Whether this file, as it was last read, now has that stamp under another name; links to one file look alike. */
    boolean wasRenamedTo(Stamp stamp) {
        return read != null && !stamp.link() && read.inode().equals(stamp.inode());
    }

    /**
     * The kernel hinted at this file. It is read even if its stamp is the same: time stamps advance with the timer's tick
     * only, and two edits may fit into one.
     */
    void hint(FileWatch.Kind kind) {
        owed = true;
        complete = kind == FileWatch.Kind.COMPLETE;
        due = Optional.of(Moment.ZERO);
    }

    /** It is to be looked at again soon, as it would have been now. */
    void postpone() {
        due = Optional.of(Moment.ZERO);
    }

    /** The file is not there; what was known of it counts again if it comes back. */
    void miss() {
        owed = false;
        complete = false;
        heldBack = false;
        still = null;
        due = Optional.empty();
    }

    /** Whether it must be read, now or later: it is not what was read, or somebody said so. */
    boolean owes(Stamp stamp) {
        return owed || !stamp.equals(read);
    }

    /** Reads the file if that is owed and may be done now. */
    Optional<Sighting> look(Stamp stamp, Moment now) {
        due = Optional.empty();
        owed = owes(stamp);
        if (!owed || isHeldBack(now) || !isComplete(stamp, now)) {
            return Optional.empty();
        }
        Sighting sighting = read(stamp);
        pace = pace.after(now, heldBack);
        heldBack = false;
        if (!isStill(stamp)) {
            complete = false;
            due = Optional.of(pace.due());
            return Optional.empty();
        }
        read = stamp;
        owed = false;
        complete = false;
        return Optional.of(sighting);
    }

    private boolean isHeldBack(Moment now) {
        if (!pace.due().isAfter(now)) {
            return false;
        }
        heldBack = true;
        due = Optional.of(pace.due());
        return true;
    }

    private boolean isComplete(Stamp stamp, Moment now) {
        if (complete || !stamp.regular()) {
            return true;
        }
        Optional<Boolean> quiet = surroundings.watches().isQuiet(path);
        if (quiet.isPresent()) {
            due = quiet.get() ? due : Optional.of(now.plus(QUIET)); // its writer's close is a hint, if there are hints
            return quiet.get();
        }
        if (!stamp.equals(still)) {
            still = stamp;
            stillSince = now;
        }
        due = Optional.of(stillSince.plus(QUIET));
        return !stillSince.plus(QUIET).isAfter(now);
    }

    private Sighting read(Stamp stamp) {
        return new Sighting(
                path,
                VassalFileName.of(path).flatMap(VassalFileName::vassal),
                stamp.modified(),
                surroundings.reader().apply(path));
    }

    /** Whether what was read belongs to the stamp taken before. */
    private boolean isStill(Stamp stamp) {
        try {
            return stamp.equals(Stamp.of(path));
        } catch (IOException gone) {
            return false;
        }
    }
}
