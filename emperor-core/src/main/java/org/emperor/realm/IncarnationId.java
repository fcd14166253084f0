package org.emperor.realm;

import java.util.Optional;
import org.emperor.spec.VassalName;

/** One launch of one vassal; prints as {@code name.number}, which is also its cgroup leaf and the stem of its files. */
public record IncarnationId(VassalName vassal, long number) {

    /** Reads what {@link #toString()} prints. */
    public static Optional<IncarnationId> parse(String text) {
        int dot = text.lastIndexOf('.');
        if (dot < 1 || !text.substring(dot + 1).matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.substring(dot + 1));
        return VassalName.parse(text.substring(0, dot)).map(name -> new IncarnationId(name, number));
    }

    @Override
    public String toString() {
        return vassal + "." + number;
    }
}
