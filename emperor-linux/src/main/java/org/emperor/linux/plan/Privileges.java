package org.emperor.linux.plan;

import java.util.Optional;

/**
 * What a program may do beside its identity: the keys of its file, and its preset where they are silent.
 *
 * @param kept {@code cap-keep}: what remains in the bounding set
 * @param held {@code cap}: what the program has, whoever it runs as
 */
record Privileges(
        Optional<CapabilityChoice> kept,
        Optional<CapabilityChoice> held,
        boolean noNewPrivs,
        Optional<SeccompProfile> seccomp,
        Optional<Landlock> landlock) {
    static final Privileges UNCHANGED =
            new Privileges(Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());

    @SuppressWarnings("ReferenceEquality") // a plain vassal has that one, and need not compare
    boolean isUnchanged() {
        return this == UNCHANGED || equals(UNCHANGED);
    }

    /** Whether the bounding set loses any. */
    boolean boundsCapabilities() {
        return kept.isPresent() || held.isPresent();
    }

    /** The bounding set. */
    long bounding(long available) {
        return boundsCapabilities() ? bounding().of(available) : available;
    }

    CapabilityChoice bounding() {
        return kept.orElse(CapabilityChoice.NONE).and(held.orElse(CapabilityChoice.NONE));
    }

    /** What the program has when it begins; root has what the bounding set leaves it (capabilities(7), execve by root). */
    long held(boolean root, long available) {
        if (held.isPresent() && !root) {
            return held.get().of(available);
        }
        return root ? bounding(available) : 0;
    }
}
