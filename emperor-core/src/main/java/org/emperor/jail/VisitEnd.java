package org.emperor.jail;

/**
 * How a visit ended.
 *
 * @param code as a shell tells it: the program's own exit code, 128 and the signal that ended it, 127 if there is no such
 *     program, 126 if it cannot be run
 * @param trouble why it did not run, or did not run to its end; empty if it did
 */
public record VisitEnd(int code, String trouble) {}
