package org.emperor.realm;

import java.util.Optional;

/** A gate that keeps a vassal from being launched, and when it opens by itself, if it does. */
public record ClosedGate(Gate gate, Optional<Moment> opens) {}
