package org.emperor.jail;

/** The descriptors that travel with a plan, in this order; all but {@link #NETWORK} with every one. */
public enum Descriptor {
    /** {@code /dev/null}: standard input of jail-init and of the program. */
    NULL(0),
    /** The vassal's FIFO, write-only: its standard output and error. */
    OUTPUT(1),
    /** The same FIFO, read and write: held by jail-init so that a dead emperor is no hang-up. */
    KEEPER(2),
    /** The exit record, write-only. */
    RECORD(3),
    /** The read end of the emperor's life pipe; hang-up ends a jail that dies with its emperor. */
    LIFE(4),
    /** A network namespace that the emperor has made ahead; only with a plan that joins it. */
    NETWORK(5);

    private final int number;

    Descriptor(int number) {
        this.number = number;
    }

    /** Its place among the received descriptors; {@code plan.h} has the same numbers. */
    public int number() {
        return number;
    }
}
