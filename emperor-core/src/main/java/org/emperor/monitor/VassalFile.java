package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.emperor.jail.FileWatch;
import org.emperor.lang.Stamp;
import org.emperor.realm.Moment;
import org.emperor.spec.SpecResult;
import org.jspecify.annotations.Nullable;

/** What is known about one file, and whether it is to be read now: never before it is complete. */
final class VassalFile {
    private static final System.Logger LOG = System.getLogger(VassalFile.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final Duration LONG_UNFINISHED = Duration.ofSeconds(10);

    private final Path path;
    private final Surroundings surroundings;
    private final Completeness completeness = new Completeness();
    private @Nullable Stamp read;
    private boolean owed;
    private boolean heldBack;
    private boolean failed;
    private Pace pace = Pace.FRESH;
    private @Nullable Moment unfinishedSince;
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
        completeness.hint(kind);
        due = Optional.of(Moment.ZERO);
    }

    /** Somebody still writes it, or a file that it is made of. */
    void unfinished(Moment now) {
        unfinishedSince = unfinishedSince == null ? now : unfinishedSince;
    }

    /** Whether it has been written for so long that somebody should know that it does not count yet. */
    boolean isLongUnfinished(Moment now) {
        return unfinishedSince != null && !unfinishedSince.plus(LONG_UNFINISHED).isAfter(now);
    }

    /** It is to be looked at again then, as it would have been now. */
    void postpone(Moment until) {
        due = Optional.of(until);
    }

    /** What it is made of may have changed while it was read: it is to be read again then. */
    void readAgain(Moment at) {
        owed = true;
        due = Optional.of(at);
    }

    /** The file is not there; what was known of it counts again if it comes back. */
    void miss() {
        owed = false;
        completeness.forget();
        unfinishedSince = null;
        heldBack = false;
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
        if (!owed || isHeldBack(now)) {
            return Optional.empty();
        }
        due = completeness.until(path, stamp, now, surroundings.watches());
        if (due.isPresent()) {
            unfinished(now);
            return Optional.empty();
        }
        unfinishedSince = null;
        Sighting sighting = new Sighting(
                path, VassalFileName.ofAny(path).flatMap(VassalFileName::vassal), stamp.modified(), result());
        pace = pace.after(now, heldBack);
        heldBack = false;
        completeness.doubt();
        if (!isStill(stamp)) {
            due = Optional.of(pace.due());
            return Optional.empty();
        }
        read = stamp;
        owed = false;
        if (failed) {
            readAgain(now.plus(AFTER_FAILURE));
        }
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

    /** A defect, or what the host lacks at the moment, is this file's alone: the others are read, and this one again. */
    private SpecResult result() {
        failed = false;
        try {
            SpecResult result = surroundings.reader().read(path);
            failed = result instanceof SpecResult.Accepted accepted
                    && !surroundings.text().take(path, accepted);
            return failed ? tooMuch() : result;
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            failed = true;
            LOG.log(System.Logger.Level.ERROR, "cannot read " + path + ": a defect of the emperor", failure);
            return VassalFileReader.failed(path, failure);
        }
    }

    private SpecResult tooMuch() {
        long most = surroundings.text().most() >> 20;
        return VassalFileReader.refused(
                path,
                "is more than the emperor has memory for: all vassal files together may say " + most + " MiB",
                "shorten others, or give the emperor more memory, as EMPEROR_JAVA_OPTS=-Xmx512m; it is tried again");
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
