package org.emperor.realm;

import java.util.Optional;
import org.emperor.spec.Restart;

/** Whether the end of an incarnation is the end of its vassal, by what its file says of restarts. */
final class Conclusion {
    private Conclusion() {}

    /** DONE or FAILED; empty if another incarnation is to follow. */
    static Optional<Stance> of(Incarnation ended) {
        boolean asked =
                ended.ending().filter(it -> it.kind() == Ending.Kind.LEFT).isPresent();
        if (asked || ended.outcome().isEmpty()) {
            return Optional.empty();
        }
        Restart restart = ended.terms().spec().life().restart();
        ExitStatus status = ended.outcome().get().status();
        boolean exited = status.kind() == ExitStatus.Kind.EXITED;
        if (exited && restart.fatal().contains(status.value())) {
            return Optional.of(Stance.FAILED);
        }
        boolean success = exited && restart.success().contains(status.value());
        return switch (restart.when()) {
            case ALWAYS -> Optional.empty();
            case ON_FAILURE -> success ? Optional.of(Stance.DONE) : Optional.empty();
            case NEVER -> Optional.of(success ? Stance.DONE : Stance.FAILED);
        };
    }
}
