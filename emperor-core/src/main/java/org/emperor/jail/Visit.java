package org.emperor.jail;

import java.nio.file.Path;
import java.util.List;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.Identity;

/**
 * A program that is to run in a jail beside the vassal.
 *
 * @param emperor the process id of the emperor that built the jail
 * @param realmId what tells that emperor's jails from another's
 * @param state that emperor's state directory
 * @param pid the vassal's main program
 * @param argv the program and its arguments; empty for a shell, whichever the jail has
 * @param identity whom it runs as, by the ids inside the jail
 * @param asVassal whether that is the vassal's own identity: it then gets the environment of the vassal's program too
 * @param terminal whether it gets a terminal of its own
 * @param confined whether the vassal's filter of system calls and what else binds its program bind it too
 */
public record Visit(
        long emperor,
        String realmId,
        Path state,
        IncarnationId incarnation,
        int pid,
        List<String> argv,
        Identity identity,
        boolean asVassal,
        boolean terminal,
        boolean confined) {
    public Visit {
        argv = List.copyOf(argv);
    }
}
