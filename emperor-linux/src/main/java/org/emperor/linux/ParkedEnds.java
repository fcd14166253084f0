package org.emperor.linux;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.emperor.jail.EventSink;
import org.emperor.realm.ExitStatus;

/**
 * The ends of children that nobody knows: of orphans, or of a launch whose thread has not come back yet. They are numbered,
 * because a pid may be used again: the end of a launch's process came after that launch began.
 */
final class ParkedEnds {
    private static final int MOST = 4096;

    private final Map<Integer, Parked> byPid = new LinkedHashMap<>();
    private final AtomicLong last = new AtomicLong();

    private record Parked(ExitStatus status, long number) {}

    /** The number of the last end so far; any thread may ask. */
    long last() {
        return last.get();
    }

    void park(int pid, ExitStatus status) {
        byPid.put(pid, new Parked(status, last.incrementAndGet()));
    }

    /** The end of this process, if it came after the one with that number. */
    Optional<ExitStatus> take(int pid, long after) {
        Parked end = byPid.get(pid);
        if (end == null || end.number() <= after) {
            return Optional.empty();
        }
        byPid.remove(pid);
        return Optional.of(end.status());
    }

    /** Tells of orphans: of all when no launch is under way, otherwise only of the oldest when there are too many. */
    void release(EventSink sink, boolean all) {
        while (!byPid.isEmpty() && (all || byPid.size() > MOST)) {
            int pid = byPid.keySet().iterator().next();
            Parked end = byPid.remove(pid);
            sink.orphan(pid, end.status());
        }
    }
}
