package org.emperor.realm;

import java.util.Optional;
import org.emperor.spec.VassalName;

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
}
