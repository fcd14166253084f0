package org.emperor.linux;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.emperor.jail.EventSink;
import org.emperor.jail.JailBackend;
import org.emperor.linux.plan.Errand;
import org.emperor.linux.plan.ErrandPlanner;
import org.emperor.realm.EventKind;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalSpec;
import org.jspecify.annotations.Nullable;

/**
 * The jails with what is done on the host around them. Errands are launches of the same backend, at most one at a time for
 * each incarnation; the realm hears nothing of them but what failed. A launch begins when its errand before has ended, and
 * a jail is told to be dismantled when its errand after has.
 */
final class ErrandBackend implements JailBackend {
    private static final Duration TIME_TO_TELL = Duration.ofSeconds(1);

    private final LinuxBackend jails;
    private final Supplier<Moment> clock;
    private final Map<IncarnationId, Attended> attended = new HashMap<>();

    /** An incarnation that has errands. */
    private static final class Attended {
        final IncarnationId id;
        final VassalSpec spec;
        final Set<Errand> errands;

        @Nullable
        Errand underWay;

        /** When the one under way must have ended by itself. */
        @Nullable
        Moment deadline;

        /** Whether its process has ended, so that only its leaf is left. */
        boolean ended;

        /** Whether it was killed by us. */
        boolean cut;

        /** Whether the launch that waits for it is not to be. */
        boolean cancelled;

        /** Whether the jail is to be dismantled when it has ended. */
        boolean dismantles;

        /** The news of the jail's end, which waits for the errand after. */
        @Nullable
        VassalEvent end;

        Attended(IncarnationId id, VassalSpec spec, Set<Errand> errands) {
            this.id = id;
            this.spec = spec;
            this.errands = errands;
        }
    }

    ErrandBackend(LinuxBackend jails, Supplier<Moment> clock) {
        this.jails = jails;
        this.clock = clock;
    }

    @Override
    public void await(Optional<Moment> until, EventSink sink) {
        jails.await(until, new EventSink() {
            @Override
            public void vassal(VassalEvent event) {
                heard(event, sink);
            }

            @Override
            public void signal(Signal signal, int senderPid, int senderUid) {
                sink.signal(signal, senderPid, senderUid);
            }

            @Override
            public void orphan(int pid, ExitStatus status) {
                sink.orphan(pid, status);
            }

            @Override
            public void trouble(String what) {
                sink.trouble(what);
            }

            @Override
            public void errandFailed(IncarnationId incarnation, String hook, String why) {
                sink.errandFailed(incarnation, hook, why);
            }
        });
    }

    @Override
    public Optional<Moment> waitedUntil(IncarnationId incarnation) {
        return jails.waitedUntil(incarnation);
    }

    @Override
    public void wake() {
        jails.wake();
    }

    @Override
    public void launch(IncarnationId incarnation, VassalSpec spec) {
        Set<Errand> errands = ErrandPlanner.errands(spec);
        if (errands.isEmpty()) {
            jails.launch(incarnation, spec);
            return;
        }
        Attended one = new Attended(incarnation, spec, errands);
        attended.put(incarnation, one);
        if (errands.contains(Errand.BEFORE)) {
            begin(one, Errand.BEFORE, 0);
        } else {
            launch(one);
        }
    }

    private void launch(Attended one) {
        boolean beside = one.errands.contains(Errand.BESIDE);
        jails.launch(new Launch(
                one.id, one.spec, beside ? Optional.of(pid -> begin(one, Errand.BESIDE, pid)) : Optional.empty()));
    }

    private void begin(Attended one, Errand errand, int beside) {
        one.underWay = errand;
        one.ended = false;
        one.cut = false;
        one.deadline = clock.get().plus(ErrandPlanner.limit(one.spec)).plus(TIME_TO_TELL);
        jails.launch(new Launch(one.id.errand(errand.word()), one.spec, errand, beside));
    }

    @Override
    public void signal(IncarnationId incarnation, Signal signal) {
        jails.signal(incarnation, signal);
    }

    @Override
    public void kill(IncarnationId incarnation) {
        Attended one = attended.get(incarnation);
        if (one != null && one.underWay == Errand.BEFORE) {
            one.cancelled = true;
            cut(one);
        } else {
            jails.kill(incarnation);
        }
    }

    /** Repeatable, as what it is asked for. */
    private void cut(Attended one) {
        Errand errand = one.underWay;
        if (errand != null) {
            IncarnationId id = one.id.errand(errand.word());
            if (one.ended) {
                jails.dismantle(id);
            } else {
                one.cut = true;
                jails.kill(id);
            }
        }
    }

    @Override
    public void dismantle(IncarnationId incarnation) {
        Attended one = attended.get(incarnation);
        if (one == null || one.underWay == null) {
            jails.dismantle(incarnation);
            return;
        }
        one.dismantles = true;
        Moment deadline = one.deadline;
        boolean late = deadline != null && clock.get().isAfter(deadline);
        if (one.underWay == Errand.BESIDE || one.ended || late) {
            cut(one);
        }
    }

    private void heard(VassalEvent event, EventSink sink) {
        Attended one = attended.get(event.incarnation().launch());
        if (one == null) {
            sink.vassal(event);
        } else if (event.incarnation().isErrand()) {
            heardOfErrand(one, event, sink);
        } else if (event.kind() != EventKind.DISMANTLED) {
            sink.vassal(event);
        } else if (one.end == null) { // and not a second answer
            end(one, event, sink);
        }
    }

    private void end(Attended one, VassalEvent event, EventSink sink) {
        if (one.errands.contains(Errand.AFTER)) {
            one.end = event;
            begin(one, Errand.AFTER, 0);
        } else {
            attended.remove(one.id);
            sink.vassal(event);
        }
    }

    private void heardOfErrand(Attended one, VassalEvent event, EventSink sink) {
        Errand errand = one.underWay;
        if (errand == null || !errand.word().equals(event.incarnation().errand())) {
            return; // a second answer
        }
        switch (event.kind()) {
            case LAUNCH_FAILED, EXITED -> {
                one.ended = true;
                failure(one, event).ifPresent(why -> sink.errandFailed(one.id, errand.hook(), why));
                jails.dismantle(event.incarnation());
            }
            case DISMANTLED -> {
                one.underWay = null;
                goOn(one, errand, sink);
            }
            default -> {}
        }
    }

    private static Optional<String> failure(Attended one, VassalEvent event) {
        if (one.cut) { // a launch that is not to be, or a jail that has ended, needs no such errand
            return one.underWay == Errand.AFTER ? Optional.of("not ended in time, killed") : Optional.empty();
        }
        if (event.kind() == EventKind.LAUNCH_FAILED) {
            return Optional.of(event.detail());
        }
        return event.status().isExit(0)
                ? Optional.empty()
                : Optional.of(event.status().toString());
    }

    private void goOn(Attended one, Errand errand, EventSink sink) {
        switch (errand) {
            case BEFORE -> {
                if (one.cancelled) {
                    sink.vassal(VassalEvent.launchFailed(one.id, "cancelled during " + errand.hook()));
                } else {
                    launch(one);
                }
            }
            case BESIDE -> {
                if (one.dismantles) {
                    jails.dismantle(one.id);
                }
            }
            case AFTER -> {
                attended.remove(one.id);
                VassalEvent end = one.end;
                if (end != null) {
                    sink.vassal(end);
                }
            }
        }
    }

    @Override
    public int capacity() {
        return jails.capacity();
    }

    @Override
    public void close() {
        jails.close();
    }
}
