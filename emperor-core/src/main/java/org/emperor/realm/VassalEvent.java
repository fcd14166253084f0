package org.emperor.realm;

/**
 * Something that happened to one incarnation.
 *
 * @param status how it ended, for EXITED; of DISMANTLED only its {@code oomKills} count, which are known by then
 * @param detail for LAUNCH_FAILED the step, object and errno as a person reads them; otherwise empty
 * @param pid for LAUNCHED the process id of the main program as the emperor sees it; otherwise 0
 */
public record VassalEvent(EventKind kind, IncarnationId incarnation, ExitStatus status, String detail, int pid) {

    public static VassalEvent launched(IncarnationId incarnation, int pid) {
        return new VassalEvent(EventKind.LAUNCHED, incarnation, ExitStatus.UNKNOWN, "", pid);
    }

    public static VassalEvent launchFailed(IncarnationId incarnation, String detail) {
        return new VassalEvent(EventKind.LAUNCH_FAILED, incarnation, ExitStatus.UNKNOWN, detail, 0);
    }

    public static VassalEvent exited(IncarnationId incarnation, ExitStatus status) {
        return new VassalEvent(EventKind.EXITED, incarnation, status, "", 0);
    }

    public static VassalEvent dismantled(IncarnationId incarnation, long oomKills) {
        ExitStatus status = oomKills == 0 ? ExitStatus.UNKNOWN : ExitStatus.UNKNOWN.withOomKills(oomKills);
        return new VassalEvent(EventKind.DISMANTLED, incarnation, status, "", 0);
    }

    public static VassalEvent of(EventKind kind, IncarnationId incarnation) {
        return new VassalEvent(kind, incarnation, ExitStatus.UNKNOWN, "", 0);
    }
}
