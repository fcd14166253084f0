package org.emperor.realm;

import java.time.Duration;

/**
 * How one incarnation ended.
 *
 * @param at when its main program was reaped, or its launch found to have failed
 * @param lived how long the program had run by then; zero if it never did
 */
public record Outcome(IncarnationId incarnation, Ending ending, ExitStatus status, Moment at, Duration lived) {}
