package org.emperor.monitor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emperor.realm.Moment;

/** A scan in the making. */
final class Findings {
    static final int SMALL_PORTION = 50;

    private final Moment now;
    private final List<Path> gone = new ArrayList<>();
    private final List<Sighting> seen = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private Moment next;
    private int portion = SMALL_PORTION;
    private boolean whole = true;

    Findings(Moment now, Moment latest) {
        this.now = now;
        this.next = latest;
    }

    Moment now() {
        return now;
    }

    void gone(Path file) {
        gone.add(file);
    }

    void seen(Sighting sighting) {
        seen.add(sighting);
    }

    void trouble(String sentence) {
        troubles.add(sentence);
    }

    void lookAgain(Moment at) {
        next = next.isAfter(at) ? at : next;
    }

    /**
     * How many files are read before what was found is told, so that vassals start while the rest is read; a twentieth, as
     * each portion has its price.
     */
    int portion() {
        return portion;
    }

    /** There are as many files as this, or more. */
    void expect(int files) {
        portion = Math.max(portion, files / 20);
    }

    /** Whether the rest is to wait for the next scan. */
    boolean isFull() {
        return seen.size() >= portion;
    }

    /** Something is left that could have been read now. */
    void leaveSome() {
        whole = false;
    }

    boolean isDue(Moment moment) {
        return !moment.isAfter(now);
    }

    Scan scan() {
        return new Scan(gone, seen, troubles, next, whole);
    }
}
