package org.emperor.spec;

import java.util.List;

/**
 * Whether a vassal that has ended by itself is launched again.
 *
 * @param success the exit codes with which a program has done its work
 * @param fatal the exit codes after which trying again is of no use, whatever {@code when} says
 */
public record Restart(When when, List<Integer> success, List<Integer> fatal, Backoff backoff) {
    public static final Restart ALWAYS = new Restart(When.ALWAYS, List.of(0), List.of(), Backoff.STANDARD);

    /** {@code ON_FAILURE}: not after a success; {@code NEVER}: it runs once. */
    public enum When {
        ALWAYS,
        ON_FAILURE,
        NEVER
    }

    public Restart {
        success = List.copyOf(success);
        fatal = List.copyOf(fatal);
    }
}
