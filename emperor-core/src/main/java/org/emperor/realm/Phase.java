package org.emperor.realm;

/** Where one incarnation stands in its life. */
public enum Phase {
    STARTING,
    RUNNING,
    LOYAL,
    STOPPING,
    KILLING,
    DISMANTLING
}
