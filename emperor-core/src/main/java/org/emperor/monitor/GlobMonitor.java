package org.emperor.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.emperor.jail.FileWatch;
import org.emperor.realm.Moment;

/**
 * The vassal files of all directories that match a pattern. A directory that is gone from below the pattern's fixed
 * beginning takes its vassals with it, as its files would; where the beginning itself cannot be listed nobody is stopped.
 */
final class GlobMonitor implements ImperialMonitor {
    /** A directory may come back as a file may: it is replaced by renames. */
    private static final Duration GRACE = Duration.ofMillis(50);

    private final String source;
    private final Predicate<Path> accepts;
    private final Surroundings surroundings;
    private final Expansion expansion;
    private final Holdings holdings;
    private final Map<Path, Folder> folders = new HashMap<>();
    private final Agenda agenda = new Agenda();
    private final Map<Path, List<String>> troubles = new TreeMap<>();
    private final Map<Path, Moment> leaving = new LinkedHashMap<>();
    private final Strays strays = new Strays();
    private boolean unexpanded = true;
    private Moment nextExpansion = Moment.ZERO;

    GlobMonitor(String source, Expansion expansion, Predicate<Path> accepts, Surroundings surroundings) {
        this.source = source;
        this.expansion = expansion;
        this.accepts = accepts;
        this.surroundings = surroundings;
        this.holdings = new Holdings(surroundings.watches());
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public boolean hint(FileWatch.Note note) {
        boolean mine = expansion.isConcerned(note);
        unexpanded |= mine;
        for (Path directory : concernedBy(note)) {
            Folder folder = folders.get(directory);
            if (folder != null && folder.hint(note)) {
                agenda.put(directory, Moment.ZERO);
                mine = true;
            }
        }
        return mine;
    }

    private List<Path> concernedBy(FileWatch.Note note) {
        return note.kind() == FileWatch.Kind.OVERFLOW
                ? List.copyOf(folders.keySet())
                : holdings.holders(note.directory());
    }

    @Override
    public Scan scan() {
        Findings findings = surroundings.findings();
        if (unexpanded || findings.isDue(nextExpansion)) {
            expand(findings);
        }
        scanDue(findings);
        agenda.next().ifPresent(findings::lookAgain);
        tellTroubles(findings);
        expansion.troubles().forEach(findings::trouble);
        strays.trouble(expansion.base()).ifPresent(findings::trouble);
        findings.lookAgain(nextExpansion);
        return findings.scan();
    }

    /** The others find nothing: nobody told of them, and their time has not come. */
    private void scanDue(Findings findings) {
        findings.expect(folders.size());
        for (Path directory : agenda.due(findings.now())) {
            if (findings.isFull()) {
                findings.leaveSome();
                return;
            }
            Folder folder = folder(directory);
            agenda.put(directory, folder.scan(findings));
            if (folder.troubles().isEmpty()) {
                troubles.remove(directory);
            } else {
                troubles.put(directory, folder.troubles());
            }
        }
    }

    /** That a directory is gone which leaves with its vassals is as it should be. */
    private void tellTroubles(Findings findings) {
        troubles.forEach((directory, sentences) -> {
            if (!leaving.containsKey(directory)) {
                sentences.forEach(findings::trouble);
            }
        });
    }

    private Folder folder(Path directory) {
        return folders.computeIfAbsent(
                directory, path -> new Folder(path, accepts, surroundings.with(holdings.of(path))));
    }

    private void expand(Findings findings) {
        unexpanded = false;
        Expansion.Found found = expansion.expand();
        nextExpansion = findings.now().plus(expansion.rescan());
        Set<Path> missing = new TreeSet<>(folders.keySet());
        missing.removeAll(found.directories());
        switch (found.ground()) {
            case SAME -> {}
            case TURNED -> strays.clear();
            case REPLACED -> missing.forEach(strays::add);
        }
        leaving.keySet().retainAll(missing);
        if (found.whole()) {
            missing.stream().filter(directory -> !strays.contains(directory)).forEach(d -> leave(d, findings));
        }
        for (Path directory : found.directories()) {
            strays.remove(directory);
            if (!folders.containsKey(directory)) {
                agenda.put(directory, Moment.ZERO);
            }
            folder(directory);
        }
    }

    private void leave(Path directory, Findings findings) {
        Moment due = leaving.computeIfAbsent(directory, d -> findings.now().plus(GRACE));
        if (!findings.isDue(due)) {
            nextExpansion = nextExpansion.isAfter(due) ? due : nextExpansion;
            return;
        }
        leaving.remove(directory);
        Folder folder = folders.remove(directory);
        if (folder != null) {
            folder.dissolve(findings);
        }
        agenda.remove(directory);
        troubles.remove(directory);
    }
}
