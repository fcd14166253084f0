package org.emperor.realm;

import java.time.Duration;
import org.emperor.spec.VassalSpec;

/** Incarnations brought into each phase by real events. */
final class Stages {
    static final Moment NOW = Moment.ZERO.plus(Duration.ofHours(1));
    static final VassalSpec API = Specs.spec("api");
    static final IncarnationId FIRST = new IncarnationId(API.name(), 1);

    private Stages() {}

    static Incarnation in(Phase phase) {
        return in(phase, Specs.restarting(API));
    }

    static Incarnation in(Phase phase, Terms terms) {
        Incarnation newborn = Incarnation.launching(FIRST, 1, terms, NOW);
        return switch (phase) {
            case STARTING -> newborn;
            case RUNNING -> newborn.running(100, NOW);
            case LOYAL -> newborn.running(100, NOW).loyal();
            case STOPPING -> after(newborn.running(100, NOW), EventKind.LEAVE);
            case KILLING -> after(newborn, EventKind.LEAVE);
            case DISMANTLING -> after(newborn.running(100, NOW).loyal(), EventKind.EXITED);
        };
    }

    static Incarnation after(Incarnation one, EventKind kind) {
        return passage(one, kind).next();
    }

    static Passage passage(Incarnation one, EventKind kind) {
        return IncarnationCycle.decide(one, event(kind, one.id()), NOW);
    }

    static VassalEvent event(EventKind kind, IncarnationId id) {
        return switch (kind) {
            case LAUNCHED -> VassalEvent.launched(id, 100);
            case LAUNCH_FAILED -> VassalEvent.launchFailed(id, "step init/1 chdir /nowhere: ENOENT");
            case EXITED -> VassalEvent.exited(id, ExitStatus.exited(3));
            case READY, DISMANTLED, LEAVE, DEADLINE -> VassalEvent.of(kind, id);
        };
    }
}
