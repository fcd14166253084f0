package org.emperor.spec;

import java.util.List;

/**
 * How the system's processors are shared out to a program.
 *
 * @param cpus the numbers of the processors it may run on, rising; empty for all
 */
public record Priority(int nice, List<Integer> cpus) {
    public static final Priority STANDARD = new Priority(0, List.of());

    public Priority {
        cpus = List.copyOf(cpus);
    }
}
