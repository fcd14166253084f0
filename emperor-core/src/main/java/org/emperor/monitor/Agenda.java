package org.emperor.monitor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.emperor.realm.Moment;

/** When each of many directories is to be looked at, so that nobody has to ask them all. */
final class Agenda {
    private final Map<Path, Moment> times = new HashMap<>();
    private final TreeMap<Moment, Set<Path>> due = new TreeMap<>();

    /** That one is to be looked at then, and not when it was to be before. */
    void put(Path directory, Moment at) {
        remove(directory);
        times.put(directory, at);
        due.computeIfAbsent(at, moment -> new TreeSet<>()).add(directory);
    }

    void remove(Path directory) {
        Moment at = times.remove(directory);
        if (at != null) {
            due.computeIfPresent(at, (moment, those) -> those.remove(directory) && those.isEmpty() ? null : those);
        }
    }

    /** Those whose time has come, by their paths: of two files of one name the first counts. */
    List<Path> due(Moment now) {
        List<Path> found = new ArrayList<>();
        due.headMap(now, true).values().forEach(found::addAll);
        found.sort(null);
        return found;
    }

    Optional<Moment> next() {
        return due.isEmpty() ? Optional.empty() : Optional.of(due.firstKey());
    }
}
