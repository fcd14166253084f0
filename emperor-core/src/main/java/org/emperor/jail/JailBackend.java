package org.emperor.jail;

import java.util.Optional;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalSpec;

/**
 * Builds, watches and ends jails on one platform. Effects return at once and never throw; what they lead to comes back as
 * events. One {@link #launch} ends in exactly one of LAUNCH_FAILED or EXITED, the latter after the reap and possibly
 * without LAUNCHED before it; each {@link #dismantle} ends in DISMANTLED or, if something of the jail still stands, in
 * nothing: the caller asks again. All but {@link #wake} belong to the loop's thread.
 */
public interface JailBackend extends AutoCloseable {

    /** Waits for events until the moment, for ever if there is none, and tells them all to the sink. */
    void await(Optional<Moment> until, EventSink sink);

    /** Ends the current or next {@link #await}; callable from any thread. */
    void wake();

    void launch(IncarnationId incarnation, VassalSpec spec);

    /**
     * Until when this launch waited behind others, the present moment if it still does; empty if it did not have to. What
     * it may take is counted from then on.
     */
    default Optional<Moment> waitedUntil(IncarnationId incarnation) {
        return Optional.empty();
    }

    /** Sends the signal to the main program. */
    void signal(IncarnationId incarnation, Signal signal);

    /** Kills everything in the jail by all means there are; repeatable. */
    void kill(IncarnationId incarnation);

    /** Removes what remains of the jail; repeatable. */
    void dismantle(IncarnationId incarnation);

    /** How many vassals the limits of this host allow at once. */
    int capacity();

    @Override
    void close();
}
