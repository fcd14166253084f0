package org.emperor.linux.plan;

/**
 * What this kernel has to confine a program with, beside namespaces.
 *
 * @param seccomp whether it takes filters of system calls
 * @param landlock the version of its Landlock; 0 for none
 */
public record Confinement(boolean seccomp, int landlock) {
    /** Linux 6.1. */
    public static final Confinement USUAL = new Confinement(true, 2);
}
