package org.emperor.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.emperor.jail.FileWatch;
import org.emperor.lang.Stamp;
import org.emperor.realm.Moment;
import org.jspecify.annotations.Nullable;

/** Whether one file is whole, so that it may be read: its writer has closed it, as far as anybody can tell. */
final class Completeness {
    /** How long a file must not change to count as complete where the file system cannot tell who writes. */
    static final Duration QUIET = Duration.ofMillis(250);

    private boolean told;
    private @Nullable Stamp still;
    private Moment stillSince = Moment.ZERO;

    void hint(FileWatch.Kind kind) {
        told = kind == FileWatch.Kind.COMPLETE;
    }

    /** The kernel's word was about what is past. */
    void doubt() {
        told = false;
    }

    /** The file is not there. */
    void forget() {
        told = false;
        still = null;
    }

    /** When to ask again; empty if the file is whole now. */
    Optional<Moment> until(Path path, Stamp stamp, Moment now, Watches watches) {
        if (told || !stamp.regular()) {
            return Optional.empty();
        }
        Optional<Boolean> quiet = watches.isQuiet(path);
        if (quiet.isPresent()) {
            return quiet.get()
                    ? Optional.empty()
                    : Optional.of(now.plus(QUIET)); // its writer's close is a hint, if there are hints
        }
        if (!stamp.equals(still)) {
            still = stamp;
            stillSince = now;
        }
        Moment whole = stillSince.plus(QUIET);
        return whole.isAfter(now) ? Optional.of(whole) : Optional.empty();
    }
}
