package org.emperor.realm;

/**
 * Why an incarnation ends; the first reason counts.
 *
 * @param fault whether it counts against the vassal: the next attempt is delayed
 * @param text what went wrong as a person reads it, where the exit status does not say it; may be empty
 */
public record Ending(Kind kind, boolean fault, String text) {

    public enum Kind {
        LAUNCH_FAILED,
        /** It ended, or had to be ended, against the wish. */
        DIED,
        /** It was asked to go. */
        LEFT
    }
}
