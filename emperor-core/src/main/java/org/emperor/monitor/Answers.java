package org.emperor.monitor;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.emperor.jail.FileWatch.Note;
import org.emperor.lang.Question;
import org.emperor.realm.Moment;

/**
 * What the vassal files of one directory asked about paths, and were answered. The paths are watched; after a note each
 * question is asked once, however many files it is of, and only files that were told something else are read again, so that
 * a path that changes all the time, such as a log file, costs little.
 */
final class Answers {
    /** How many directories are watched for a part of a pattern; others are seen by the next look at everything. */
    private static final int MOST_DIRECTORIES = 256;

    private final Function<Question, List<String>> host;
    private final Anchors<Question> anchors;
    private final Map<Question, Map<Path, List<String>>> told = new HashMap<>();
    private final Map<Path, Set<Question>> asked = new HashMap<>();
    private final Set<Question> doubtful = new LinkedHashSet<>();
    private Pace pace = Pace.FRESH;
    private boolean heldBack;

    Answers(Watches watches, Function<Question, List<String>> host) {
        this.host = host;
        this.anchors = new Anchors<>(watches);
    }

    /** Whether some answer may be another after this note. */
    boolean hint(Note note) {
        return doubtful.addAll(anchors.dependents(note));
    }

    /** Every answer may be another. */
    void doubt() {
        doubtful.addAll(told.keySet());
    }

    /** The vassal files that were told something that is not so any more. */
    Set<Path> outdated(Moment now) {
        if (doubtful.isEmpty()) {
            return Set.of(); // as in most directories, at most times
        }
        if (pace.due().isAfter(now)) {
            heldBack = true;
            return Set.of();
        }
        pace = pace.after(now, heldBack);
        heldBack = false;
        Set<Path> outdated = new LinkedHashSet<>();
        doubtful.forEach(question -> outdated.addAll(outdated(question)));
        doubtful.clear();
        return outdated;
    }

    private List<Path> outdated(Question question) {
        Map<Path, List<String>> files = told.get(question);
        if (files == null) {
            return List.of(); // nobody asks that any more
        }
        anchors.follow(question, anchors(question)); // watched before it is asked, so that no change falls in between
        List<String> answer = host.apply(question);
        return files.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(answer))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** When to ask again. */
    Optional<Moment> due() {
        return doubtful.isEmpty() ? Optional.empty() : Optional.of(pace.due());
    }

    /** What the vassal file asked when it was just read. */
    void use(Path file, Map<Question, List<String>> answers) {
        if (answers.isEmpty() && !asked.containsKey(file)) {
            return; // as most
        }
        Set<Question> before = answers.isEmpty() ? asked.remove(file) : asked.put(file, answers.keySet());
        if (before != null) {
            before.stream()
                    .filter(question -> !answers.containsKey(question))
                    .forEach(question -> leave(question, file));
        }
        answers.forEach((question, answer) -> {
            if (!told.containsKey(question)) {
                doubtful.add(question); // nobody watched while it was asked
            }
            told.computeIfAbsent(question, q -> new HashMap<>()).put(file, answer);
        });
    }

    private void leave(Question question, Path file) {
        Map<Path, List<String>> files = told.get(question);
        if (files != null && files.remove(file) != null && files.isEmpty()) {
            told.remove(question);
            anchors.forget(question);
        }
    }

    private List<Anchor> anchors(Question question) {
        try {
            List<Anchor> anchors = new ArrayList<>(Anchor.of(Path.of(question.plain()), true));
            for (Question place : question.places()) {
                host.apply(place).stream()
                        .filter(path -> path.endsWith("/"))
                        .limit(MOST_DIRECTORIES)
                        .forEach(directory -> every(directory).ifPresent(anchors::add));
            }
            return anchors;
        } catch (InvalidPathException unfit) {
            return List.of(); // nothing can ever be there
        }
    }

    private static Optional<Anchor> every(String directory) {
        try {
            return Optional.of(Anchor.every(Path.of(directory).toRealPath()));
        } catch (IOException gone) {
            return Optional.empty(); // the note of that brings us here again
        }
    }
}
