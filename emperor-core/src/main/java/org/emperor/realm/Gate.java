package org.emperor.realm;

/** Why a wanted vassal is not launched. */
public enum Gate {
    BACKOFF,
    DEPENDENCY,
    CONNECTION,
    SCHEDULE,
    SLOT
}
