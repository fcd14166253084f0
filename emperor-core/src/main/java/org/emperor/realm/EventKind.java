package org.emperor.realm;

/** What can happen to an incarnation. */
public enum EventKind {
    LAUNCHED,
    LAUNCH_FAILED,
    READY,
    EXITED,
    DISMANTLED,
    LEAVE,
    DEADLINE
}
