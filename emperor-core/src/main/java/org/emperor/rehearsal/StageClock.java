package org.emperor.rehearsal;

import java.time.Duration;
import java.util.function.Supplier;
import org.emperor.realm.Moment;

/** Time on the stage passes only when it is let: no edit is too soon after the last, and every vassal that dies was loyal. */
final class StageClock implements Supplier<Moment> {
    private static final Duration SCENE = Duration.ofMinutes(1);

    private Moment now = Moment.ZERO;

    @Override
    public Moment get() {
        return now;
    }

    void nextScene() {
        now = now.plus(SCENE);
    }
}
