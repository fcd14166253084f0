package org.emperor.jail;

/** The descriptors that travel with every plan, in this order. */
public enum Descriptor {
    /** {@code /dev/null}: standard input of jail-init and of the program. */
    NULL,
    /** The vassal's FIFO, write-only: its standard output and error. */
    OUTPUT,
    /** The same FIFO, read and write: held by jail-init so that a dead emperor is no hang-up. */
    KEEPER,
    /** The exit record, write-only. */
    RECORD,
    /** The read end of the emperor's life pipe; hang-up ends a jail that dies with its emperor. */
    LIFE
}
