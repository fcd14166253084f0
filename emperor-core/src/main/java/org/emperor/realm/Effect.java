package org.emperor.realm;

import org.emperor.spec.Signal;
import org.emperor.spec.VassalSpec;

/** What the loop is to do to the world for one incarnation; {@code signal} counts for TERMINATE and SIGNAL only. */
public record Effect(Kind kind, IncarnationId incarnation, VassalSpec spec, Signal signal) {

    public enum Kind {
        LAUNCH,
        SIGNAL,
        TERMINATE,
        KILL,
        DISMANTLE
    }
}
