package org.emperor.monitor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalSpec;

/** How much the vassal files in force say together: it is all kept in memory, and no file may take that from the others. */
final class HeldText {
    private final long most;
    private final Map<Path, Long> weights = new HashMap<>();
    private long held;

    /** @param most in characters */
    HeldText(long most) {
        this.most = most;
    }

    /** A quarter of the memory that Java may have: a vassal that is edited is held twice until it is launched anew. */
    static HeldText ofThisProcess() {
        return new HeldText(Runtime.getRuntime().maxMemory() / 4);
    }

    long most() {
        return most;
    }

    /** Counts it in the place of what that file said before; false if there is no room. */
    boolean take(Path file, SpecResult.Accepted read) {
        long weight = 0;
        for (VassalSpec vassal : read.vassals()) {
            weight += vassal.weight();
        }
        long before = weights.getOrDefault(file, 0L);
        if (held - before + weight > most) {
            return false;
        }
        weights.put(file, weight);
        held += weight - before;
        return true;
    }

    void forget(Path file) {
        Long weight = weights.remove(file);
        held -= weight == null ? 0 : weight;
    }
}
