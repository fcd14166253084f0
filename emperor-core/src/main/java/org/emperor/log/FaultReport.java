package org.emperor.log;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.emperor.lang.IoReason;
import org.emperor.spec.VassalName;

/** Tells a person that logs cannot be written: each reason once, however many vassals and attempts share it. */
public final class FaultReport {
    private final Consumer<String> person;
    private final Set<String> told = new HashSet<>();
    private long lost;

    /** @param person gets a sentence, on the log writer's thread */
    public FaultReport(Consumer<String> person) {
        this.person = person;
    }

    void failed(VassalName vassal, String place, IOException e) {
        String reason = IoReason.of(e);
        if (told.add(reason)) {
            person.accept("cannot write log for vassal " + vassal + ": write " + place + ": " + reason
                    + "; output is dropped and counted until that works, which is tried every second");
        }
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
