package org.emperor.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a vassal lives and ends.
 *
 * @param stopSequence what asks the program to end, before everything in the jail is killed; never empty
 * @param reloadSignal what tells a running program to reload itself where its spec is the same as before
 * @param reloadOnTouch whether another modification time alone, without a change of content, is a reload
 * @param loyalAfter how long an incarnation must live to be loyal; a death before that is a fault
 * @param startTimeout how long the launch may take until the program runs
 * @param diesWithEmperor whether the jail ends when the emperor's process does
 */
public record Life(
        List<StopStep> stopSequence,
        Optional<Signal> reloadSignal,
        boolean reloadOnTouch,
        Duration loyalAfter,
        Duration startTimeout,
        boolean diesWithEmperor,
        Restart restart) {

    /** @throws IllegalArgumentException if nothing asks the program to end */
    public Life {
        stopSequence = List.copyOf(stopSequence);
        if (stopSequence.isEmpty()) {
            throw new IllegalArgumentException("nothing asks the program to end");
        }
    }
}
