package org.emperor.spec;

import java.util.List;
import java.util.OptionalLong;

/**
 * Limits in force before the program's first instruction; {@code pidsMax} counts the program's own processes only.
 *
 * @param resources the resource limits that the file sets; all others are the emperor's own
 */
public record Limits(OptionalLong pidsMax, List<ResourceLimit> resources) {
    public static final Limits NONE = new Limits(OptionalLong.empty(), List.of());

    public Limits {
        resources = List.copyOf(resources);
    }
}
