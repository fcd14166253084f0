package org.emperor.monitor;

import java.nio.file.Path;
import java.util.List;
import org.emperor.realm.Moment;

/**
 * What one scan found.
 *
 * @param gone files that do not exist any more
 * @param seen files that were read, because they are new or may have changed
 * @param troubles what keeps the source from being seen whole, a sentence each, as long as it lasts
 * @param next when to scan again even without a hint
 */
public record Scan(List<Path> gone, List<Sighting> seen, List<String> troubles, Moment next, boolean whole) {
    public Scan {
        gone = List.copyOf(gone);
        seen = List.copyOf(seen);
        troubles = List.copyOf(troubles);
    }
}
