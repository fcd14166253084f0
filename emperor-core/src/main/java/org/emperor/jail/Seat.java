package org.emperor.jail;

import java.nio.file.Path;
import java.util.List;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.VassalName;

/**
 * What a plan needs beside the spec and the facts of the host: which incarnation, where its files lie, and the ids granted
 * to its user namespace.
 *
 * @param realmId what tells this emperor's jails from another's: eight hex digits made from the state directory
 * @param networkReady whether a network namespace made ahead is granted; it comes as {@link Descriptor#NETWORK}
 * @param address the address granted to its interface; empty if none was asked for
 * @param joined the namespaces of another jail that were granted, in the order in which they are joined; their descriptors are
 *     the last of those that come with the plan
 */
public record Seat(
        IncarnationId incarnation,
        Path stateDirectory,
        String realmId,
        IdRange idRange,
        boolean networkReady,
        String address,
        List<String> joined) {
    /** For plans that nobody runs: the first address that a Linux emperor grants. */
    private static final String SOME_ADDRESS = "10.117.0.1";

    private static final List<String> USUAL = List.of("cgroup", "ipc", "uts", "net", "time", "mnt", "pid");

    public Seat {
        joined = List.copyOf(joined);
    }

    /** A seat for printing a plan of a file that no emperor reigns over; a jail that is joined gives what uWSGI's do. */
    public static Seat preview(VassalName name, Path stateDirectory) {
        return new Seat(
                new IncarnationId(name, 1), stateDirectory, "preview", IdRange.SAMPLE, false, SOME_ADDRESS, USUAL);
    }

    public Path fifo() {
        return fifo(stateDirectory, incarnation);
    }

    public static Path fifo(Path stateDirectory, IncarnationId incarnation) {
        return file(stateDirectory, incarnation, "fifo");
    }

    public Path exitRecord() {
        return exitRecord(stateDirectory, incarnation);
    }

    public static Path exitRecord(Path stateDirectory, IncarnationId incarnation) {
        return file(stateDirectory, incarnation, "exit");
    }

    /** The note of what binds the program and cannot be asked of the kernel; only where there is any such thing. */
    public Path restraints() {
        return restraints(stateDirectory, incarnation);
    }

    /** The same, for who has no seat. */
    public static Path restraints(Path stateDirectory, IncarnationId incarnation) {
        return file(stateDirectory, incarnation, "restraints");
    }

    private static Path file(Path stateDirectory, IncarnationId incarnation, String extension) {
        return stateDirectory.resolve("vassals").resolve(incarnation + "." + extension);
    }
}
