package org.emperor.loop;

import java.util.List;
import org.emperor.monitor.Change;
import org.emperor.spec.VassalName;

/** What other threads may ask of the emperor. */
public sealed interface Command {

    /** A monitor's scan found this, in this order. */
    record Changes(List<Change> changes) implements Command {
        public Changes {
            changes = List.copyOf(changes);
        }
    }

    /** What is wrong with the monitors now, a sentence each; replaces what was. */
    record Troubles(List<String> troubles) implements Command {
        public Troubles {
            troubles = List.copyOf(troubles);
        }
    }

    /** A fresh jail for this vassal, from the spec in force; nothing if it is not wanted up. */
    record Reload(VassalName name) implements Command {}

    record ReloadAll() implements Command {}

    /** Stop all vassals, and then the loop. */
    record StopAll() implements Command {}

    /** End the loop and leave the vassals as they are. */
    record Leave() implements Command {}
}
