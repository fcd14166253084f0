package org.emperor.jail;

import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.Signal;

/** Where a backend tells what happened; called only inside {@link JailBackend#await}, on the loop's thread. */
public interface EventSink {

    void vassal(VassalEvent event);

    /** The emperor's process got a signal from that process and user (0 and 0 if the kernel does not say). */
    void signal(Signal signal, int senderPid, int senderUid);

    /** What was to be done on the host around an incarnation was not, or not wholly: by which hook, and why not. */
    default void errandFailed(IncarnationId incarnation, String hook, String why) {}

    /** Something that was to be done could not be, though no incarnation has failed by it. */
    default void trouble(String what) {}

    /** A process nobody launched was reaped: the emperor is PID 1 or a subreaper. */
    void orphan(int pid, ExitStatus status);
}
