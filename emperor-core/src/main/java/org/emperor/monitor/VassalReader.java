package org.emperor.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emperor.jail.FileWatch;
import org.emperor.realm.Moment;

/**
 * The thread that watches and reads vassal files: it waits for the kernel's notes or the time of the next look, lets the
 * monitors concerned scan, and tells the differences.
 */
public final class VassalReader implements Runnable {
    private static final Duration AFTER_DEFECT = Duration.ofSeconds(2);

    private final List<ImperialMonitor> monitors;
    private final List<Moment> nextScans;
    private final List<List<String>> troubles;
    private final FileWatch watch;
    private final Supplier<Moment> clock;
    private final Consumer<Survey> surveys;
    private final Claims claims = new Claims();
    private List<String> toldTroubles = List.of();
    private boolean hasToldAll;
    private volatile boolean stopped;

    /**
     * @param monitors in order of precedence
     * @param watch the one the monitors were made with
     * @param surveys called on this thread whenever something is different, and when all sources were scanned for the first
     *     time
     */
    public VassalReader(
            List<ImperialMonitor> monitors, FileWatch watch, Supplier<Moment> clock, Consumer<Survey> surveys) {
        this.monitors = List.copyOf(monitors);
        this.nextScans = new ArrayList<>(Collections.nCopies(monitors.size(), clock.get()));
        this.troubles = new ArrayList<>(Collections.nCopies(monitors.size(), List.of()));
        this.watch = watch;
        this.clock = clock;
        this.surveys = surveys;
    }

    @Override
    public void run() {
        while (!stopped) {
            turn();
        }
    }

    /** Ends {@link #run} soon; callable from any thread. */
    public void stop() {
        stopped = true;
        watch.wake();
    }

    void turn() {
        List<FileWatch.Note> notes = watch.await(untilNextScan());
        Moment now = clock.get();
        for (int i = 0; i < monitors.size(); i++) {
            if (hint(monitors.get(i), notes)) {
                nextScans.set(i, now);
            }
        }
        tell(scanDue(now));
    }

    /** Sources after one that has more to read wait: it precedes them. @return whether none has */
    private boolean scanDue(Moment now) {
        for (int i = 0; i < monitors.size(); i++) {
            if (!nextScans.get(i).isAfter(now) && !isScannedWhole(i)) {
                return false;
            }
        }
        return true;
    }

    private Duration untilNextScan() {
        Moment now = clock.get();
        Moment next = now.plus(Sources.RESCAN);
        for (Moment scan : nextScans) {
            next = next.isAfter(scan) ? scan : next;
        }
        return next.isAfter(now) ? now.until(next) : Duration.ZERO;
    }

    private static boolean hint(ImperialMonitor monitor, List<FileWatch.Note> notes) {
        boolean concerned = false;
        for (FileWatch.Note note : notes) {
            concerned |= monitor.hint(note);
        }
        return concerned;
    }

    private boolean isScannedWhole(int index) {
        ImperialMonitor monitor = monitors.get(index);
        try {
            Scan scan = monitor.scan();
            claims.take(index, monitor.source(), scan);
            troubles.set(index, scan.troubles());
            nextScans.set(index, scan.next());
            return scan.whole();
        } catch (RuntimeException defect) { // one source must not take the others with it
            troubles.set(index, List.of("cannot scan " + Escaped.of(monitor.source()) + ": " + defect));
            nextScans.set(index, clock.get().plus(AFTER_DEFECT));
            return true;
        }
    }

    private void tell(boolean whole) {
        List<Change> changes = claims.settle();
        List<String> all = allTroubles();
        boolean firstWhole = whole && !hasToldAll;
        if (firstWhole || !changes.isEmpty() || !all.equals(toldTroubles)) {
            hasToldAll |= whole;
            toldTroubles = all;
            surveys.accept(new Survey(changes, all, whole));
        }
    }

    private List<String> allTroubles() {
        Set<String> all = new LinkedHashSet<>();
        troubles.forEach(all::addAll);
        return List.copyOf(all);
    }
}
