package org.emperor.lang;

/** One {@code key = value} as it stood in a file; {@code position} is where the value begins. */
public record Setting(String key, String value, Position position) {}
