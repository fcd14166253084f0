package org.emperor.realm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.emperor.spec.Life;
import org.emperor.spec.StopStep;
import org.emperor.spec.VassalSpec;

/**
 * What the two machines go by for one spec. A vassal file cannot say all of it yet; what it cannot say is standard here.
 *
 * @param readyTimeout how long the program may take to say that it is ready; empty if it need not say so
 * @param stopSequence what asks it to end, before everything is killed; never empty
 */
public record Terms(
        VassalSpec spec,
        Reload reload,
        Optional<Duration> readyTimeout,
        List<StopStep> stopSequence,
        RespawnPolicy respawn) {

    /** How a running incarnation gives way to a newer wish. */
    public enum Reload {
        /** It ends, and then the next begins. */
        RESTART,
        /** The next begins beside it, and it ends when that one has proved itself. */
        OVERLAP,
        /** As RESTART, but while it runs a wish for the same spec only sends it the reload signal. */
        SIGNAL
    }

    /** @throws IllegalArgumentException if the stop sequence is empty */
    public Terms {
        stopSequence = List.copyOf(stopSequence);
        if (stopSequence.isEmpty()) {
            throw new IllegalArgumentException("nothing asks vassal " + spec.name() + " to end");
        }
    }

    /** @param respawn what counts where the file does not say when to try again */
    public static Terms of(VassalSpec spec, RespawnPolicy respawn) {
        Life life = spec.life();
        Reload reload = life.reloadSignal().isPresent() ? Reload.SIGNAL : Reload.RESTART;
        return new Terms(
                spec,
                reload,
                Optional.empty(),
                life.stopSequence(),
                respawn.with(life.restart().backoff()));
    }
}
