package org.emperor.log;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.emperor.lang.IoReason;
import org.emperor.spec.VassalName;

/**
 * Tells a person that logs cannot be written: each reason for the first vassals that have it, because it may be one file's
 * alone, and once that there are more, because a full disk is everybody's.
 */
public final class FaultReport {
    private static final int MOST_NAMED = 5;

    private final Consumer<String> person;
    private final Map<String, Set<VassalName>> told = new HashMap<>();
    private long lost;

    /** @param person gets a sentence, on the log writer's thread */
    public FaultReport(Consumer<String> person) {
        this.person = person;
    }

    void failed(VassalName vassal, String place, IOException e) {
        String reason = IoReason.of(e);
        Set<VassalName> named = told.computeIfAbsent(reason, it -> new HashSet<>());
        if (named.size() > MOST_NAMED || !named.add(vassal)) {
            return;
        }
        person.accept(
                named.size() > MOST_NAMED
                        ? "cannot write logs for more vassals: " + reason
                        : "cannot write log for vassal " + vassal + ": write " + place + ": " + reason
                                + "; output is dropped and counted until that works, which is tried every second");
    }

    void lost(long bytes) {
        lost += bytes;
    }

    /** All logs can be written again. */
    void recovered() {
        if (!told.isEmpty()) {
            person.accept("all logs of vassals are written again; " + lost + " bytes were dropped");
            told.clear();
            lost = 0;
        }
    }
}
