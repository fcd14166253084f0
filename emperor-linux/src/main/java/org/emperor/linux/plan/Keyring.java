package org.emperor.linux.plan;

import java.util.List;

/** The session keyring, keyrings(7): the inherited one holds keys of whoever started the emperor. */
final class Keyring {
    private static final int KEYCTL_JOIN_SESSION_KEYRING = 1; // keyctl(2)

    /** No keyrings, or a filter that forbids them to the jail as well: EPERM, ENOSYS. */
    private static final List<Integer> IF_THERE = List.of(1, 38);

    private final StepList steps;

    Keyring(StepList steps) {
        this.steps = steps;
    }

    void joinOwn() {
        steps.attempt(
                "join a session keyring of its own",
                IF_THERE,
                Call.KEYCTL,
                Argument.constant(KEYCTL_JOIN_SESSION_KEYRING, "KEYCTL_JOIN_SESSION_KEYRING"),
                Argument.none());
    }
}
