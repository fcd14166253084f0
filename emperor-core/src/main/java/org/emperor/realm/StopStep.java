package org.emperor.realm;

import java.time.Duration;
import org.emperor.spec.Signal;

/** One step of asking a program to end: the signal, and how long it may take before the next step. */
public record StopStep(Signal signal, Duration patience) {}
