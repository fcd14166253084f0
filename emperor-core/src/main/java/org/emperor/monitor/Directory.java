package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.emperor.jail.FileWatch;
import org.emperor.lang.IoReason;
import org.jspecify.annotations.Nullable;

/** A directory by its path: watched, listed, and told from another one that took its place. */
final class Directory {
    /** How often to list what cannot be watched or listed. */
    private static final Duration BLIND_RESCAN = Duration.ofSeconds(2);

    private final Path path;
    private final Surroundings surroundings;
    private final Anchors anchors;
    private @Nullable Place listed;
    private @Nullable Place armed;
    private boolean removed;
    private Optional<String> blindness = Optional.empty();
    private Optional<String> trouble = Optional.empty();

    Directory(Path path, Surroundings surroundings) {
        this.path = path;
        this.surroundings = surroundings;
        this.anchors = new Anchors(surroundings.watches());
    }

    Path path() {
        return path;
    }

    /** Whether the note is about this directory or what is in it. */
    boolean isOf(FileWatch.Note note) {
        boolean here = armed != null && armed.real().equals(note.directory());
        removed |= here && note.kind() == FileWatch.Kind.DIRECTORY_GONE;
        return here;
    }

    /** Whether the path may lead to another directory after this note. */
    boolean mayMove(FileWatch.Note note) {
        return !anchors.dependents(note).isEmpty();
    }

    /** Whether this is still the directory that was listed last. */
    boolean isSame() {
        try {
            return !removed && Place.of(path).equals(listed);
        } catch (IOException e) {
            return false;
        }
    }

    /** The entries that count, in order; empty if it cannot be listed now, and then {@link #troubles} say why. */
    Optional<Listing> list(Predicate<Path> counts) {
        try {
            Place place = arm();
            List<Path> files = entries(counts);
            if (!place.equals(Place.of(path))) {
                throw new NoSuchFileException(path.toString()); // replaced meanwhile: the rescan will tell
            }
            Listing listing = new Listing(files, ground(place));
            listed = place;
            removed = false;
            trouble = Optional.empty();
            return Optional.of(listing);
        } catch (IOException e) {
            removed |= e instanceof NoSuchFileException || e instanceof NotDirectoryException;
            blame(path, e);
            return Optional.empty();
        }
    }

    void blame(Path what, IOException e) {
        trouble = Optional.of("cannot look at " + Escaped.of(what.toString()) + ": " + IoReason.of(e)
                + "; its vassals run on as they are");
    }

    /** Watches before anything is listed, so that no change falls in between. */
    private Place arm() throws IOException {
        anchors.follow(path);
        Place now = Place.of(path);
        if (!now.equals(armed)) {
            surroundings.watches().hold(now.real());
            if (armed != null && armed.real().equals(now.real())) {
                surroundings.watches().disarm(now.real()); // it may be on the directory that was here before
            }
            release();
            armed = now;
        }
        blindness = surroundings
                .watches()
                .arm(now.real())
                .map(error -> "cannot watch " + Escaped.of(path.toString()) + ": " + error + "; it is listed every "
                        + BLIND_RESCAN.toSeconds() + " s instead");
        return now;
    }

    private void release() {
        if (armed != null) {
            surroundings.watches().release(armed.real());
        }
    }

    private List<Path> entries(Predicate<Path> counts) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
            stream.forEach(entry -> {
                if (counts.test(entry)) {
                    entries.add(entry);
                }
            });
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(null);
        return entries;
    }

    /** A link that leads elsewhere now is the operator's deed; another directory at the same place need not be. */
    private Listing.Ground ground(Place now) {
        if (listed == null || (now.equals(listed) && !removed)) {
            return Listing.Ground.SAME;
        }
        return now.real().equals(listed.real()) ? Listing.Ground.REPLACED : Listing.Ground.TURNED;
    }

    List<String> troubles() {
        return Stream.of(trouble, blindness).flatMap(Optional::stream).toList();
    }

    /** How long until it is to be listed again even without a note. */
    Duration rescan() {
        Duration rescan = surroundings.rescan();
        return troubles().isEmpty() || rescan.compareTo(BLIND_RESCAN) < 0 ? rescan : BLIND_RESCAN;
    }

    void close() {
        anchors.clear();
        release();
        armed = null;
    }
}
