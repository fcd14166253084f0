package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.emperor.jail.FileWatch;
import org.emperor.lang.Stamp;
import org.emperor.realm.Moment;

/**
 * The vassal files of one directory. A hint that names a file is a look at that file; any other hint, and the time, is a
 * look at all of them. A directory that is not what it was takes no vassal with it.
 */
final class Folder {
    private static final Duration GLANCE = Duration.ofSeconds(30);

    private final Directory directory;
    private final Predicate<Path> accepts;
    private final Surroundings surroundings;
    private final Anchors<Path> anchors;
    private final Parts parts;
    private final Answers answers;
    private final Map<Path, VassalFile> files = new HashMap<>();
    private final Set<VassalFile> pending = new LinkedHashSet<>();
    private final Losses losses = new Losses();
    private final Strays strays = new Strays();
    private boolean unlisted = true;
    private Moment nextListing = Moment.ZERO;
    private Moment nextGlance = Moment.ZERO;
    private List<Path> unfinished = List.of();

    /** @param accepts which files count by their names, beside being named as vassal files are */
    Folder(Path directory, Predicate<Path> accepts, Surroundings surroundings) {
        this.directory = new Directory(directory, surroundings);
        this.accepts = accepts;
        this.surroundings = surroundings;
        this.anchors = new Anchors<>(surroundings.watches());
        this.parts = new Parts(surroundings.watches());
        this.answers = new Answers(surroundings.watches(), surroundings.reader()::ask);
    }

    boolean hint(FileWatch.Note note) {
        boolean here = directory.isOf(note);
        boolean moved = note.kind() == FileWatch.Kind.OVERFLOW || directory.mayMove(note);
        unlisted |= moved || (here && note.name().isEmpty());
        if (here && !note.name().isEmpty()) {
            hint(note.name(), note.kind());
        }
        List<Path> linked = anchors.dependents(note);
        linked.forEach(path -> hint(path, FileWatch.Kind.CHANGED));
        Set<Path> made = parts.hint(note);
        made.forEach(path -> hint(path, FileWatch.Kind.CHANGED));
        boolean asked = answers.hint(note);
        return here || moved || !linked.isEmpty() || !made.isEmpty() || asked;
    }

    private void hint(String name, FileWatch.Kind kind) {
        try {
            hint(directory.path().resolve(name), kind);
        } catch (InvalidPathException e) {
            unlisted = true; // a name that Java's locale has no characters for
        }
    }

    private void hint(Path path, FileWatch.Kind kind) {
        if (counts(path)) {
            VassalFile file = file(path);
            file.hint(kind);
            pending.add(file);
        }
    }

    private boolean counts(Path path) {
        Optional<VassalFileName> name =
                VassalFileName.of(path, surroundings.reader().endings());
        return name.isPresent() && !name.get().isTemplate() && accepts.test(path);
    }

    private VassalFile file(Path path) {
        return files.computeIfAbsent(path, p -> new VassalFile(p, surroundings));
    }

    /** Looks at what hints or the time ask for; tells when to look again even without a hint. */
    Moment scan(Findings findings) {
        findings.expect(files.size());
        glance(findings);
        answers.outdated(findings.now()).forEach(path -> hint(path, FileWatch.Kind.CHANGED));
        if (unlisted || findings.isDue(nextListing)) {
            list(findings);
        } else {
            lookAtDue(findings);
        }
        if (losses.due().filter(findings::isDue).isPresent()) {
            settleLosses(findings);
        }
        unfinished = pending.stream()
                .filter(file -> file.isLongUnfinished(findings.now()))
                .map(VassalFile::path)
                .sorted()
                .toList();
        return next();
    }

    private Moment next() {
        Stream<Optional<Moment>> some = Stream.of(losses.due(), answers.due());
        return Stream.concat(some, pending.stream().map(VassalFile::due))
                .flatMap(Optional::stream)
                .reduce(earlier(nextListing, nextGlance), Folder::earlier);
    }

    private static Moment earlier(Moment one, Moment other) {
        return one.isAfter(other) ? other : one;
    }

    /** What keeps it from being seen whole since the last look, a sentence each. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>(directory.troubles());
        strays.trouble(directory.path()).ifPresent(troubles::add);
        if (!unfinished.isEmpty()) {
            troubles.add("cannot read all of " + Escaped.of(directory.path().toString()) + ": "
                    + Escaped.names(unfinished)
                    + ", or a file that it is made of, is open for writing; it is read once that is closed");
        }
        return troubles;
    }

    /** A mount over the directory makes no note, and costs nothing to see. */
    private void glance(Findings findings) {
        if (findings.isDue(nextGlance)) {
            nextGlance = findings.now().plus(GLANCE);
            unlisted |= !directory.isSame();
        }
    }

    private void list(Findings findings) {
        Optional<Listing> listing = directory.list(this::counts);
        if (listing.isPresent()) {
            parts.compare().forEach(path -> hint(path, FileWatch.Kind.CHANGED));
            answers.doubt();
            compare(listing.get(), findings);
        } else {
            losses.clear();
            pending.clear();
        }
        unlisted = false;
        nextListing = findings.now().plus(directory.rescan());
    }

    private void compare(Listing listing, Findings findings) {
        Set<Path> rest = new HashSet<>(files.keySet());
        listing.files().forEach(rest::remove);
        List<Path> missing = rest.stream().sorted().toList();
        switch (listing.ground()) {
            case SAME -> {}
            case TURNED -> strays.clear();
            case REPLACED -> missing.forEach(strays::add);
        }
        missing.forEach(path -> miss(file(path), findings));
        findings.expect(Math.max(files.size(), listing.files().size()));
        lookAt(listing.files().stream().map(this::file).toList(), findings);
    }

    private void lookAtDue(Findings findings) {
        List<VassalFile> due = new ArrayList<>();
        for (VassalFile file : pending) {
            Optional<Moment> at = file.due();
            if (at.isPresent() && findings.isDue(at.get())) {
                due.add(file);
            }
        }
        lookAt(due.subList(0, Math.min(due.size(), findings.portion())), findings);
        if (due.size() > findings.portion()) {
            findings.leaveSome();
        }
    }

    /** Finds out what is missing before it reads anything, so that a renamed file is known as such. */
    private void lookAt(List<VassalFile> looked, Findings findings) {
        Map<VassalFile, Stamp> present = new LinkedHashMap<>();
        for (VassalFile file : looked) {
            pending.remove(file);
            try {
                present.put(file, Stamp.of(file.path()));
            } catch (NoSuchFileException e) {
                miss(file, findings);
            } catch (IOException e) {
                directory.blame(file.path(), e);
                nextListing = findings.now().plus(directory.rescan());
            }
        }
        present.forEach((file, stamp) -> look(file, stamp, findings));
    }

    private void look(VassalFile file, Stamp stamp, Findings findings) {
        losses.remove(file);
        strays.remove(file.path());
        boolean owes = file.owes(stamp);
        if (owes && findings.isFull()) {
            postpone(file, Moment.ZERO);
            findings.leaveSome();
            return;
        }
        Optional<Moment> until = owes ? parts.until(file.path(), findings.now()) : Optional.empty();
        if (until.isPresent()) {
            file.unfinished(findings.now());
            postpone(file, until.get());
            return;
        }
        if (owes) {
            follow(file.path(), stamp);
        }
        boolean known = file.wasRead();
        Optional<Sighting> sighting = file.look(stamp, findings.now());
        if (sighting.isPresent() && !known) {
            losses.renamedTo(stamp).ifPresent(old -> drop(old, findings));
        }
        if (sighting.isPresent() && isWhole(file, sighting.get(), findings.now())) {
            findings.seen(sighting.get());
        }
        if (file.due().isPresent()) {
            pending.add(file);
        }
    }

    private void postpone(VassalFile file, Moment until) {
        file.postpone(until);
        pending.add(file);
    }

    /** What it is made of is known only now: it is read again if somebody may have changed or not finished that meanwhile. */
    private boolean isWhole(VassalFile file, Sighting sighting, Moment now) {
        answers.use(file.path(), sighting.result().answers());
        if (!parts.use(file.path(), sighting.result().files())) {
            return true;
        }
        Optional<Moment> until = parts.until(file.path(), now);
        file.readAgain(until.orElse(now));
        return until.isEmpty();
    }

    private void follow(Path path, Stamp stamp) {
        if (stamp.link()) {
            anchors.follow(path, Anchor.of(path, false));
        } else {
            anchors.forget(path);
        }
    }

    private void miss(VassalFile file, Findings findings) {
        file.miss();
        pending.remove(file);
        if (!file.wasRead()) {
            forget(file);
        } else if (strays.contains(file.path())) {
            losses.remove(file);
        } else {
            losses.add(file, findings.now());
        }
    }

    private void settleLosses(Findings findings) {
        if (!directory.isSame()) {
            list(findings);
            return;
        }
        lookAt(losses.files(), findings);
        losses.files().forEach(file -> drop(file, findings));
    }

    private void drop(VassalFile file, Findings findings) {
        forget(file);
        findings.gone(file.path());
    }

    private void forget(VassalFile file) {
        losses.remove(file);
        strays.remove(file.path());
        pending.remove(file);
        anchors.forget(file.path());
        parts.forget(file.path());
        answers.use(file.path(), Map.of());
        surroundings.text().forget(file.path());
        files.remove(file.path());
    }

    /** The directory is none of the source's any more: all its files are gone. */
    void dissolve(Findings findings) {
        List.copyOf(files.values()).forEach(file -> drop(file, findings));
        directory.close();
    }
}
