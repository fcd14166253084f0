package org.emperor.realm;

import java.util.Optional;

/**
 * One change of the realm.
 *
 * @param before the vassal before; empty if it is new
 * @param cause the event that led to it; empty for a wish or a gate
 */
public record Transition(Optional<Vassal> before, Optional<VassalEvent> cause, Decision decision) {
    public Vassal after() {
        return decision.next();
    }
}
