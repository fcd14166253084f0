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
import java.util.Set;
import java.util.function.Predicate;
import org.emperor.jail.FileWatch;
import org.emperor.lang.IoReason;
import org.jspecify.annotations.Nullable;

/** A directory by its path: watched, listed, and told from another one that took its place. */
final class Directory {
    /** How often to list what cannot be watched or listed. */
    private static final Duration BLIND_RESCAN = Duration.ofSeconds(2);

    /** How often to list what others may change without this kernel's knowing, as on a network file system. */
    private static final Duration SHARED_RESCAN = Duration.ofSeconds(30);

    /** File systems whose every change this kernel makes itself (inotify(7), "Limitations and caveats"). */
    private static final Set<String> OWN =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "tmpfs", "ramfs", "overlay");

    private final Path path;
    private final Surroundings surroundings;
    private final Anchors<Path> anchors;
    private @Nullable Place listed;
    private @Nullable Place armed;
    private boolean removed;
    private boolean shared = true;
    private Optional<String> blindness = Optional.empty();
    private Optional<String> trouble = Optional.empty();

    Directory(Path path, Surroundings surroundings) {
        this.path = path;
        this.surroundings = surroundings;
        this.anchors = new Anchors<>(surroundings.watches());
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
        anchors.follow(path, Anchor.of(path, false));
        Place now = Place.of(path);
        if (!now.equals(armed)) {
            surroundings.watches().hold(now.real());
            if (armed != null && armed.real().equals(now.real())) {
                surroundings.watches().disarm(now.real()); // it may be on the directory that was here before
            }
            release();
            armed = now;
            shared = !OWN.contains(Files.getFileStore(path).type());
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

    /** A link that points elsewhere now is the operator's deed; a directory or link in another's place need not be. */
    private Listing.Ground ground(Place now) {
        if (listed == null || (now.equals(listed) && !removed)) {
            return Listing.Ground.SAME;
        }
        return !now.real().equals(listed.real()) && now.isTurnedFrom(listed)
                ? Listing.Ground.TURNED
                : Listing.Ground.REPLACED;
    }

    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        trouble.ifPresent(troubles::add);
        blindness.ifPresent(troubles::add);
        return troubles;
    }

    /** How long until it is to be listed again even without a note. */
    Duration rescan() {
        if (!troubles().isEmpty()) {
            return shorter(BLIND_RESCAN);
        }
        return shared ? shorter(SHARED_RESCAN) : surroundings.rescan();
    }

    private Duration shorter(Duration other) {
        Duration rescan = surroundings.rescan();
        return rescan.compareTo(other) < 0 ? rescan : other;
    }

    void close() {
        anchors.clear();
        release();
        armed = null;
    }
}
