package org.emperor.spec;

/** The shape of an option's value, checked by the reader before anything else looks at it. */
public enum Form {
    /** Any text without NUL, not empty. */
    TEXT,
    /** Words split as a shell splits them (quotes and backslash), never run by one. */
    WORDS,
    /** {@code NAME=VALUE}. */
    ASSIGNMENT,
    /** Seconds, or a number with ms, s, m, h or d. */
    DURATION,
    /** A whole number from 0. */
    COUNT,
    /** true, false, yes, no, on, off, 1, 0, or empty for true. */
    FLAG,
    /** A signal name. */
    SIGNAL,
    /** A user or group, by name or number. */
    ACCOUNT
}
