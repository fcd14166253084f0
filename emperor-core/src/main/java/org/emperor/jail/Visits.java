package org.emperor.jail;

import java.util.SortedMap;

/** Looks into the jails that an emperor of this host has built, and enters them, from a process that is not that emperor. */
public interface Visits {

    /** The namespaces of a process by their names, as numbers that tell them apart; empty if they cannot be seen. */
    SortedMap<String, Long> namespaces(long pid);

    /**
     * Runs a program in a jail until it ends, with the caller's standard streams; signals to this process go to it.
     *
     * @throws JailGone if the jail is not there any more
     * @throws PlanRefusal if the jail cannot be entered
     */
    VisitEnd enter(Visit visit);
}
