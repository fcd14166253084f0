package org.emperor.monitor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emperor.realm.Moment;

/** A scan in the making. */
final class Findings {
    private final Moment now;
    private final List<Path> gone = new ArrayList<>();
    private final List<Sighting> seen = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private Moment next;
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

    boolean has(int many) {
        return seen.size() >= many;
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
