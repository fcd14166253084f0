package org.emperor.spec;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a vassal: its file name without extension, {@code [A-Za-z0-9_@.:+-]{1,64}}, not starting with a dot. Safe
 * to use in paths, cgroup names and messages.
 */
public record VassalName(String text) implements Comparable<VassalName> {
    public static final String INSTANCE = "instance";
    private static final String VASSAL = "vassal";
    private static final int LONGEST = 64;

    /** @throws IllegalArgumentException if the text is not a valid name */
    public VassalName {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not a vassal name: " + text);
        }
    }

    /** Without a pattern: every note of a file asks this some times, and a cold matcher takes longer than all the rest. */
    private static boolean isValid(String text) {
        int length = text.length();
        if (length == 0 || length > LONGEST || text.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!alphanumeric && "_@.:+-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The name, or empty if the text is not a valid one. */
    public static Optional<VassalName> parse(String text) {
        return isValid(text) ? Optional.of(new VassalName(text)) : Optional.empty();
    }

    /** What stands after the first {@code @}, in {@code web@north} north; empty for a vassal that is no instance. */
    public Optional<String> instance() {
        int at = text.indexOf('@');
        return at > 0 && at < text.length() - 1 ? Optional.of(text.substring(at + 1)) : Optional.empty();
    }

    /** Whether it is the name of a template, such as {@code web@}, which is no vassal's. */
    public boolean isTemplate() {
        int at = text.indexOf('@');
        return at > 0 && at == text.length() - 1;
    }

    /** The name of an instance, of a template or of a plain name; empty if it would not be valid. */
    public Optional<VassalName> withInstance(String instance) {
        return parse((isTemplate() ? text : text + "@") + instance);
    }

    /** What a file may ask about its vassal: {@code %(vassal)} and, in an instance, {@code %(instance)}. */
    public Map<String, String> placeholders() {
        Optional<String> instance = instance();
        return instance.isPresent() ? Map.of(VASSAL, text, INSTANCE, instance.get()) : Map.of(VASSAL, text);
    }

    @Override
    public int compareTo(VassalName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }

    // Written out: those that javac leaves to the first use take a cold start milliseconds each.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VassalName that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
