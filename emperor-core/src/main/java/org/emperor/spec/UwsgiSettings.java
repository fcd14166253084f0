package org.emperor.spec;

import java.util.List;
import java.util.Optional;

/**
 * How the daemon runs real uWSGI vassals; the names are uWSGI's.
 *
 * @param binary uWSGI itself
 * @param wrapper what is executed in its place
 * @param overrides what is tried before, {@code fallbacks} what is tried after
 * @param set options, as {@code K=V}
 */
public record UwsgiSettings(
        String binary,
        Optional<String> wrapper,
        List<String> overrides,
        List<String> fallbacks,
        List<String> inheritBefore,
        List<String> includeBefore,
        List<String> set,
        List<String> inherit,
        List<String> include,
        boolean magicExec,
        List<String> extraExtensions) {
    public static final String USUAL_BINARY = "uwsgi";

    public static final UwsgiSettings USUAL = new UwsgiSettings(
            USUAL_BINARY,
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            false,
            List.of());

    public UwsgiSettings {
        overrides = List.copyOf(overrides);
        fallbacks = List.copyOf(fallbacks);
        inheritBefore = List.copyOf(inheritBefore);
        includeBefore = List.copyOf(includeBefore);
        set = List.copyOf(set);
        inherit = List.copyOf(inherit);
        include = List.copyOf(include);
        extraExtensions = List.copyOf(extraExtensions);
    }
}
