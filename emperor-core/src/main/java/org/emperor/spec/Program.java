package org.emperor.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to run: the argument vector ({@code exec}; its first word is searched on PATH when it has no slash), the working
 * directory inside the jail ({@code chdir}), its environment, and who is init in the jail.
 *
 * @param environment the variables of {@code env-file} and {@code env}, in file order
 * @param unset the usual variables that are left out
 */
public record Program(
        List<String> argv,
        Optional<String> directory,
        Map<String, String> environment,
        Set<String> unset,
        Init init,
        int umask,
        Priority priority) {
    public static final int STANDARD_UMASK = 022;

    /** {@code RESIDENT}: jail-init stays as PID 1 or subreaper; {@code NONE}: the program itself is the first process. */
    public enum Init {
        RESIDENT,
        NONE
    }

    /** @throws IllegalArgumentException if there is no word to run */
    public Program {
        argv = List.copyOf(new ArrayList<>(argv));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        unset = Set.copyOf(unset);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("exec without a word");
        }
    }
}
