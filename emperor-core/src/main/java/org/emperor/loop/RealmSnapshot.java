package org.emperor.loop;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalName;

/**
 * The whole realm at the end of one turn of the loop; immutable, read by any thread.
 *
 * @param now the monotonic clock at that turn
 * @param time the wall clock at the same turn; a moment m of this snapshot was at {@code time - (now - m)}
 * @param vassals in the order of their names
 * @param refused files that are not in force as they stand, whether or not a vassal runs from an earlier state of them
 */
public record RealmSnapshot(
        Moment now, Instant time, EmperorView emperor, List<VassalView> vassals, List<RefusedFile> refused) {
    public RealmSnapshot {
        vassals = List.copyOf(vassals);
        refused = List.copyOf(refused);
    }

    public Optional<VassalView> vassal(VassalName name) {
        return vassals.stream().filter(vassal -> vassal.name().equals(name)).findFirst();
    }

    /** The wall-clock time of a moment of this snapshot. */
    public Instant timeOf(Moment moment) {
        return time.minus(moment.until(now));
    }
}
