package org.emperor.spec;

import java.util.OptionalLong;

/** Limits in force before the program's first instruction; {@code pidsMax} counts the program's own processes only. */
public record Limits(OptionalLong pidsMax) {}
