package org.emperor.jail;

import org.emperor.spec.VassalName;

/** Who owns which host ids; a vassal keeps its range over restarts. Called by launch threads. */
public interface IdRanges {
    /** @throws java.io.UncheckedIOException if a new range cannot be recorded */
    IdRange rangeOf(VassalName name);
}
