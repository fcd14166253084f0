package org.emperor.log;

/** A vassal's log that cannot be written at present: what it lacks, and whether its last line was torn. */
record Fault(long dropped, boolean torn) {
    Fault and(long more) {
        return new Fault(dropped + more, torn);
    }
}
