package org.emperor.linux.plan;

import java.util.Set;

/**
 * Namespaces that are made while the plan runs, so that hooks before it still see the host's.
 *
 * @param early those of {@code unshare}, after the hooks pre-jail
 * @param late those of {@code unshare2}, after the root has changed
 */
record UnshareSettings(Set<Namespace> early, Set<Namespace> late, Refork refork) {
    static final UnshareSettings NONE = new UnshareSettings(Set.of(), Set.of(), Refork.AT_ONCE);

    /** When the process is made that unshare(2) puts into a new PID namespace: never its caller, but its next child. */
    enum Refork {
        AT_ONCE,
        POST_JAIL,
        AS_ROOT,
        LAST
    }

    UnshareSettings {
        early = Set.copyOf(early);
        late = Set.copyOf(late);
    }

    boolean isEmpty() {
        return early.isEmpty() && late.isEmpty();
    }

    boolean has(Namespace namespace) {
        return early.contains(namespace) || late.contains(namespace);
    }
}
