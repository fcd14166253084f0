package org.emperor.spec;

/** Whether this version does what an option asks for. */
public enum Support {
    WORKS,
    /** Known and its value checked; a file that has it is refused as not supported yet. */
    LATER
}
