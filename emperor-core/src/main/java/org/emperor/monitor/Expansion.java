package org.emperor.monitor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.emperor.jail.FileWatch;

/** The directories that a pattern with wildcards in directory names stands for now. */
final class Expansion {
    private final Path base;
    private final List<NamePattern> below;
    private final Surroundings surroundings;
    private final Holdings holdings;
    private final Map<Path, Directory> visited = new HashMap<>();
    private List<String> troubles = List.of();

    /**
     * @param base the beginning without wildcards
     * @param below the directory names that follow, at least one
     */
    Expansion(Path base, List<NamePattern> below, Surroundings surroundings) {
        this.base = base;
        this.below = List.copyOf(below);
        this.surroundings = surroundings;
        this.holdings = new Holdings(surroundings.watches());
    }

    /**
     * @param whole whether all that had to be listed could be
     * @param ground whether it was listed before, at the least stable place
     */
    record Found(Set<Path> directories, boolean whole, Listing.Ground ground) {}

    Path base() {
        return base;
    }

    Found expand() {
        Set<Path> abandoned = new TreeSet<>(visited.keySet());
        Found found = new Found(Set.of(base), true, Listing.Ground.SAME);
        for (NamePattern pattern : below) {
            abandoned.removeAll(found.directories());
            found = below(found, pattern);
        }
        abandoned.forEach(this::abandon);
        troubles = visited.values().stream()
                .flatMap(directory -> directory.troubles().stream())
                .sorted()
                .toList();
        return found;
    }

    private Directory visit(Path directory) {
        return visited.computeIfAbsent(directory, path -> new Directory(path, surroundings.with(holdings.of(path))));
    }

    private Found below(Found above, NamePattern pattern) {
        Set<Path> directories = new TreeSet<>();
        boolean whole = above.whole();
        Listing.Ground ground = above.ground();
        for (Path directory : above.directories()) {
            Optional<Listing> listing =
                    visit(directory).list(entry -> pattern.matches(entry) && Files.isDirectory(entry));
            whole &= listing.isPresent();
            if (listing.isPresent()) {
                directories.addAll(listing.get().files());
                ground = listing.get().ground() == Listing.Ground.SAME
                        ? ground
                        : listing.get().ground();
            }
        }
        return new Found(directories, whole, ground);
    }

    private void abandon(Path directory) {
        Directory old = visited.remove(directory);
        if (old != null) {
            old.close();
        }
    }

    boolean isConcerned(FileWatch.Note note) {
        boolean concerned = note.kind() == FileWatch.Kind.OVERFLOW;
        for (Path path : holdings.holders(note.directory())) {
            Directory directory = visit(path);
            concerned |= directory.isOf(note) || directory.mayMove(note);
        }
        return concerned;
    }

    List<String> troubles() {
        return troubles;
    }

    /** How long until it is to be expanded again even without a note. */
    Duration rescan() {
        return visited.values().stream()
                .map(Directory::rescan)
                .min(Duration::compareTo)
                .orElse(surroundings.rescan());
    }
}
