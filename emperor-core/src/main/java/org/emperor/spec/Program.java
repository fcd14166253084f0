package org.emperor.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run: the argument vector ({@code exec}; its first word is searched on PATH when it has no slash), the working
 * directory inside the jail ({@code chdir}), the variables of {@code env} in file order, and who is init in the jail.
 */
public record Program(List<String> argv, Optional<String> directory, Map<String, String> environment, Init init) {

    /** {@code RESIDENT}: jail-init stays as PID 1 or subreaper; {@code NONE}: the program itself is the first process. */
    public enum Init {
        RESIDENT,
        NONE
    }

    /** @throws IllegalArgumentException if there is no word to run */
    public Program {
        argv = List.copyOf(new ArrayList<>(argv));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("exec without a word");
        }
    }
}
