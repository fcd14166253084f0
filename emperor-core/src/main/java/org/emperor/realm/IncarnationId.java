package org.emperor.realm;

import java.util.Optional;
import org.emperor.spec.VassalName;
import org.jspecify.annotations.Nullable;

/**
 * One launch of one vassal; prints as {@code name.number}, which is also its cgroup leaf and the stem of its files.
 *
 * @param errand what is done on the host around that launch, a lower-case word that then follows after another dot; empty for
 *     the launch itself
 */
public record IncarnationId(VassalName vassal, long number, String errand) {

    public IncarnationId(VassalName vassal, long number) {
        this(vassal, number, "");
    }

    /** Reads what {@link #toString()} prints of a launch itself. */
    public static Optional<IncarnationId> parse(String text) {
        int dot = text.lastIndexOf('.');
        if (dot < 1 || !text.substring(dot + 1).matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.substring(dot + 1));
        return VassalName.parse(text.substring(0, dot)).map(name -> new IncarnationId(name, number));
    }

    /** An errand around this launch. */
    public IncarnationId errand(String word) {
        return new IncarnationId(vassal, number, word);
    }

    public boolean isErrand() {
        return !errand.isEmpty();
    }

    /** The launch that it is, or is around. */
    public IncarnationId launch() {
        return isErrand() ? new IncarnationId(vassal, number) : this;
    }

    @Override
    public String toString() {
        return vassal + "." + number + (isErrand() ? "." + errand : "");
    }

    // Written out: those that javac leaves to the first use take a cold start milliseconds each.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IncarnationId that
                && number == that.number
                && vassal.equals(that.vassal)
                && errand.equals(that.errand);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * vassal.hashCode() + Long.hashCode(number)) + errand.hashCode();
    }
}
