package org.emperor.loop;

import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.Moment;
import org.emperor.spec.Identity;
import org.emperor.spec.VassalName;

/**
 * One vassal as shown.
 *
 * @param id its file name with extension
 * @param reason why it is in this state, a short sentence without a full stop; may be empty
 * @param incarnation the number of its current or last incarnation, 0 if it had none
 * @param pid the main program's process id as the emperor sees it, 0 if there is none
 * @param born when the current incarnation was launched
 * @param nextAttempt when a backoff ends
 * @param launches launches of this vassal since the emperor started
 * @param failures faults in a row
 * @param deaths ends of its incarnations that the emperor did not ask for
 * @param oomKills processes of its jails that the kernel killed for lack of memory
 * @param last how its last incarnation ended
 * @param labels what its file labels it with
 * @param editRefused it runs, but its file as it stands now was refused
 */
public record VassalView(
        VassalName name,
        String id,
        String source,
        State state,
        boolean loyal,
        String reason,
        long incarnation,
        int pid,
        Optional<Moment> born,
        Optional<Moment> nextAttempt,
        long launches,
        int failures,
        long deaths,
        long oomKills,
        Optional<ExitStatus> last,
        Identity identity,
        SortedMap<String, String> labels,
        boolean editRefused) {

    /** The states people see. */
    public enum State {
        STOPPED,
        WAITING,
        STARTING,
        RUNNING,
        READY,
        STOPPING,
        FAILED,
        DONE,
        REFUSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
