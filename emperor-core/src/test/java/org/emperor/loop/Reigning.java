package org.emperor.loop;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.emperor.jail.FakeBackend;
import org.emperor.jail.Fate;
import org.emperor.jail.JailBackend;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.monitor.Change;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.ManualClock;
import org.emperor.realm.RespawnPolicy;
import org.emperor.realm.Specs;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/** A real emperor over a fake backend in virtual time, turned by hand. */
final class Reigning {
    static final Reign REIGN = new Reign(1, "test", Instant.EPOCH, List.of("/etc/vassals"), Specs.PATIENT);
    private static final int TURNS = 1_000_000;

    final ManualClock clock = new ManualClock();
    final FakeBackend backend;
    final Chronicle chronicle = new Chronicle();
    final Mailbox mailbox;
    final Emperor emperor;

    Reigning() {
        this(Fate.KIND, 1000);
    }

    Reigning(Fate fate, int capacity) {
        this.backend = new FakeBackend(clock, fate, capacity);
        this.mailbox = new Mailbox(backend::wake);
        this.emperor = emperor(backend, REIGN);
    }

    Emperor emperor(JailBackend over, Reign reign) {
        InstantSource wall = () -> Instant.EPOCH.plusNanos(clock.get().nanos());
        return new Emperor(over, mailbox, new Herald(Runnable::run, List.of(chronicle)), reign, clock, wall);
    }

    static Reign reign(RespawnPolicy respawn) {
        return new Reign(1, "test", Instant.EPOCH, List.of("/etc/vassals"), respawn);
    }

    void post(Command command) {
        if (!mailbox.offer(command)) {
            throw new AssertionError("mailbox full");
        }
    }

    /** Posts these changes and lets the loop take one turn. */
    void change(Change... changes) {
        post(new Command.Changes(List.of(changes)));
        emperor.turn();
    }

    /** Turns until nothing more happens by itself within this time. */
    void pass(Duration time) {
        boolean[] rung = {false};
        backend.later(time, () -> rung[0] = true);
        turnUntil(() -> rung[0]);
    }

    void turnUntil(BooleanSupplier enough) {
        for (int n = 0; n < TURNS && !enough.getAsBoolean(); n++) {
            emperor.turn();
        }
        if (!enough.getAsBoolean()) {
            throw new AssertionError("not within " + TURNS + " turns: " + backend.standing());
        }
    }

    void end(String incarnation, ExitStatus status) {
        backend.end(IncarnationId.parse(incarnation).orElseThrow(), status);
    }

    VassalView view(String name) {
        return emperor.snapshot().vassal(new VassalName(name)).orElseThrow();
    }

    List<String> launched() {
        return backend.launched().stream().map(IncarnationId::toString).toList();
    }

    static Change appeared(VassalSpec spec) {
        return change(Change.Kind.APPEARED, spec);
    }

    static Change edited(VassalSpec spec) {
        return change(Change.Kind.EDITED, spec);
    }

    static Change touched(VassalSpec spec) {
        return change(Change.Kind.TOUCHED, spec);
    }

    static Change vanished(String name) {
        return bare(Change.Kind.VANISHED, name, List.of());
    }

    static Change refused(String name) {
        Position position = new Position("/etc/vassals/" + name + ".ini", 3, 1);
        return bare(
                Change.Kind.REFUSED,
                name,
                List.of(new Problem(position, "memroy", "no such key", "did you mean memory-max?")));
    }

    static List<Change> appeared(int count) {
        List<Change> all = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            all.add(appeared(Specs.spec("v" + n)));
        }
        return all;
    }

    private static Change change(Change.Kind kind, VassalSpec spec) {
        return new Change(
                kind,
                Path.of(spec.file()),
                spec.name() + ".ini",
                Optional.of(spec.name()),
                "/etc/vassals",
                Optional.of(spec),
                List.of());
    }

    private static Change bare(Change.Kind kind, String name, List<Problem> problems) {
        return new Change(
                kind,
                Path.of("/etc/vassals/" + name + ".ini"),
                name + ".ini",
                VassalName.parse(name),
                "/etc/vassals",
                Optional.empty(),
                problems);
    }
}
