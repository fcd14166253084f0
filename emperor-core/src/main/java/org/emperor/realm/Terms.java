package org.emperor.realm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.emperor.spec.Signal;
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

    /** One step of asking a program to end: the signal, and how long it may take before the next step. */
    public record StopStep(Signal signal, Duration patience) {}

    /** How a running incarnation gives way to a newer wish. */
    public enum Reload {
        /** It ends, and then the next begins. */
        RESTART,
        /** The next begins beside it, and it ends when that one has proved itself. */
        OVERLAP
    }

    /** @throws IllegalArgumentException if the stop sequence is empty */
    public Terms {
        stopSequence = List.copyOf(stopSequence);
        if (stopSequence.isEmpty()) {
            throw new IllegalArgumentException("nothing asks vassal " + spec.name() + " to end");
        }
    }

    public static Terms of(VassalSpec spec, RespawnPolicy respawn) {
        StopStep stop = new StopStep(spec.life().stopSignal(), spec.life().stopGrace());
        return new Terms(spec, Reload.RESTART, Optional.empty(), List.of(stop), respawn);
    }
}
