package org.emperor.jail;

import java.time.Duration;
import java.util.Optional;
import org.emperor.realm.IncarnationId;

/** How kind a {@link FakeBackend} is; by default everything works at once. */
public interface Fate {
    Fate KIND = new Fate() {};

    default Duration launchTime(IncarnationId incarnation) {
        return Duration.ZERO;
    }

    /** Why the launch fails, if it does. */
    default Optional<String> launchFailure(IncarnationId incarnation) {
        return Optional.empty();
    }

    /** How long a program that was ended takes to be reaped. */
    default Duration deathTime(IncarnationId incarnation) {
        return Duration.ZERO;
    }

    /** Whether a dead jail can be dismantled at this asking. */
    default boolean isDismantled(IncarnationId incarnation) {
        return true;
    }
}
