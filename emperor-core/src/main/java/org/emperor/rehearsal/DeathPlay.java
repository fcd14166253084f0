package org.emperor.rehearsal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.emperor.jail.EventSink;
import org.emperor.jail.JailBackend;
import org.emperor.loop.Command;
import org.emperor.loop.Emperor;
import org.emperor.loop.Herald;
import org.emperor.loop.Mailbox;
import org.emperor.loop.Reign;
import org.emperor.monitor.Change;
import org.emperor.realm.EventKind;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.realm.RespawnPolicy;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalSpec;

/** A vassal dies or is edited again and again, and a loop answers; its jails exist only in the script. */
final class DeathPlay implements JailBackend {
    private static final int SCENES = 2000;
    private static final int SIGKILL = 9;

    private final List<Change> changes;
    private final BooleanSupplier isOver;
    private final StageClock clock = new StageClock();
    private final Mailbox mailbox = new Mailbox(this::wake);
    private final Queue<VassalEvent> events = new ArrayDeque<>();
    private Optional<IncarnationId> standing = Optional.empty();
    private int scene;

    /** @param changes what is told of a vassal's file, the first its appearance */
    DeathPlay(List<Change> changes, BooleanSupplier isOver) {
        this.changes = List.copyOf(changes);
        this.isOver = isOver;
    }

    void play() {
        Herald herald = Herald.to(List.of());
        Reign reign = new Reign(0, "", Instant.EPOCH, List.of(), RespawnPolicy.STANDARD);
        new Emperor(this, mailbox, herald, reign, clock, InstantSource.system()).run();
        try {
            herald.rest(1, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void await(Optional<Moment> until, EventSink sink) {
        if (events.isEmpty()) {
            clock.nextScene();
            nextScene();
        }
        VassalEvent event;
        while ((event = events.poll()) != null) {
            sink.vassal(event);
        }
    }

    private void nextScene() {
        scene++;
        if (scene >= SCENES || isOver.getAsBoolean()) {
            mailbox.offer(new Command.StopAll());
        } else if (standing.isPresent() && scene % 3 != 0) {
            end(standing.get());
        } else {
            mailbox.offer(new Command.Changes(List.of(changes.get(scene == 1 ? 0 : scene % changes.size()))));
        }
    }

    private void end(IncarnationId incarnation) {
        standing = Optional.empty();
        events.add(VassalEvent.exited(incarnation, ExitStatus.signaled(SIGKILL, false)));
    }

    @Override
    public void launch(IncarnationId incarnation, VassalSpec spec) {
        standing = Optional.of(incarnation);
        events.add(VassalEvent.launched(incarnation, scene));
    }

    @Override
    public void signal(IncarnationId incarnation, Signal signal) {
        standing.filter(incarnation::equals).ifPresent(this::end);
    }

    @Override
    public void kill(IncarnationId incarnation) {
        signal(incarnation, Signal.KILL);
    }

    @Override
    public void dismantle(IncarnationId incarnation) {
        events.add(VassalEvent.of(EventKind.DISMANTLED, incarnation));
    }

    @Override
    public void wake() {}

    @Override
    public int capacity() {
        return 1;
    }

    @Override
    public void close() {}
}
