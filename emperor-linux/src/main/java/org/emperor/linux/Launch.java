package org.emperor.linux;

import java.util.Optional;
import java.util.function.IntConsumer;
import org.emperor.jail.JailPlan;
import org.emperor.linux.plan.Errand;
import org.emperor.linux.sys.ControlSocket;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.JoinedNamespaces;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation, or an errand around it, as the backend sees it. A launch thread fills in plan, control and pid before it posts its result;
 * from then on everything but {@code cancelled} is the loop's.
 */
final class Launch {
    final IncarnationId id;
    final VassalSpec spec;

    /** What it is instead of a jail's launch. */
    final Optional<Errand> errand;

    /** Is told the pid on the loop's thread, at once when jail-init has its plan. */
    final Optional<IntConsumer> attached;

    /** Of an errand: the pid of the jail-init that it is beside; 0 if there is none. */
    final int beside;

    /** Set by a kill that came before the clone or before the plan was sent. */
    volatile boolean cancelled;

    /** When it was its turn, or something else began that it waits for. */
    volatile @Nullable Moment turn;

    /** The thread that has begun it. */
    volatile LaunchThreads.@Nullable Worker worker;

    /** Whether a launch thread is asked to kill its leaves, and has not begun to. */
    volatile boolean killing;

    /** Whether its removal is asked of a launch thread, or under way there; the loop's. */
    boolean removing;

    /** The thread that removes what is left of it, while it does. */
    volatile LaunchThreads.@Nullable Worker remover;

    @Nullable
    JailPlan plan;

    @Nullable
    ControlSocket control;

    /** The namespaces it was given to join. */
    @Nullable
    JoinedNamespaces joined;

    int pid;

    /** The host's end of its wire, once that is made. */
    String hostEnd = "";

    /** How many ends were parked when it began. */
    long begun;

    /** What tells that the last process of its leaf is gone. */
    @Nullable
    Fd notes;

    /** When jail-init was told to end its jail. */
    @Nullable
    Moment toldToEnd;

    /** Processes of its jail that the kernel killed for lack of memory; a launch thread counts while it dismantles. */
    volatile long oomKills;

    int emptyYetBusy;
    boolean inFlight = true;
    boolean launched;
    boolean execNext;
    String failure = "";

    Launch(IncarnationId id, VassalSpec spec) {
        this(id, spec, Optional.empty());
    }

    Launch(IncarnationId id, VassalSpec spec, Optional<IntConsumer> attached) {
        this.id = id;
        this.spec = spec;
        this.attached = attached;
        this.errand = Optional.empty();
        this.beside = 0;
    }

    Launch(IncarnationId id, VassalSpec spec, Errand errand, int beside) {
        this.id = id;
        this.spec = spec;
        this.attached = Optional.empty();
        this.errand = Optional.of(errand);
        this.beside = beside;
    }
}
