package org.emperor.realm;

/** Where a vassal as a whole stands. */
public enum Stance {
    /** Not wanted up, nothing alive. */
    IDLE,
    /** Wanted up, but a gate is closed or the slot is taken. */
    WAITING,
    /** It has a current incarnation. */
    ACTIVE,
    /** Ended for good, as its file wished. */
    DONE,
    /** Given up after {@code max-restarts}. */
    FAILED
}
