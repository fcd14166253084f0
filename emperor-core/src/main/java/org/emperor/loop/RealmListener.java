package org.emperor.loop;

import java.time.Duration;
import java.util.Optional;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Outcome;
import org.emperor.realm.Phase;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalName;

/**
 * Is told what happens in the realm, in order. One launch ends in exactly one of {@link #launchFailed}, {@link #died},
 * {@link #done} and {@link #left}, told when nothing of its jail is left; there {@code next} is how long the next attempt waits, or empty if
 * there is none.
 */
public interface RealmListener {

    default void launching(IncarnationId incarnation) {}

    default void launched(IncarnationId incarnation, int pid) {}

    default void ready(IncarnationId incarnation) {}

    default void entered(IncarnationId incarnation, Phase phase) {}

    /** A phase lasted too long: it has ended in the phase {@code now}, or is the same and its effect was repeated. */
    default void overdue(IncarnationId incarnation, Phase phase, Phase now) {}

    /** The main program was reaped; the rest of its jail may still stand. */
    default void exited(IncarnationId incarnation, ExitStatus status) {}

    default void launchFailed(Outcome outcome, int failures, Optional<Duration> next) {}

    default void died(Outcome outcome, int failures, Optional<Duration> next) {}

    /** It has done its work, and its file wishes no other launch. */
    default void done(Outcome outcome) {}

    default void left(Outcome outcome) {}

    /** A running program is told by this signal to reload itself. */
    default void reloading(IncarnationId incarnation, Signal signal) {}

    /** It is not wanted, and nothing of it is left. */
    default void stopped(VassalName vassal) {}

    default void gaveUp(VassalName vassal, int failures) {}

    default void noRoom(VassalName vassal, int capacity) {}

    /** @param running whether a vassal runs from an earlier state of the file, and goes on */
    default void refused(RefusedFile file, boolean running) {}

    default void trouble(String trouble) {}

    /** A signal to the emperor itself; one that is not obeyed is ignored. */
    default void signalled(Signal signal, int senderPid, int senderUid, boolean obeyed) {}

    default void orphan(int pid, ExitStatus status) {}

    /**
     * What was to be done on the host around an incarnation was not, or not wholly.
     *
     * @param next what happens to the vassal now
     */
    default void errandFailed(IncarnationId incarnation, String hook, String why, String next) {}

    /** Our own bug, survived. */
    default void defect(String what) {}

    /** This listener was too slow: so many tidings since the last such word were not told. */
    default void missed(long tidings) {}
}
