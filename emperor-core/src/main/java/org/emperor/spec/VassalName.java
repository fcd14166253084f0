package org.emperor.spec;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a vassal: its file name without extension, {@code [A-Za-z0-9_@.:+-]{1,64}}, not starting with a dot. Safe
 * to use in paths, cgroup names and messages.
 */
public record VassalName(String text) implements Comparable<VassalName> {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_@:+-][A-Za-z0-9_@.:+-]{0,63}");

    /** @throws IllegalArgumentException if the text is not a valid name */
    public VassalName {
        if (!VALID.matcher(text).matches()) {
            throw new IllegalArgumentException("not a vassal name: " + text);
        }
    }

    /** The name, or empty if the text is not a valid one. */
    public static Optional<VassalName> parse(String text) {
        return VALID.matcher(text).matches() ? Optional.of(new VassalName(text)) : Optional.empty();
    }

    @Override
    public int compareTo(VassalName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
