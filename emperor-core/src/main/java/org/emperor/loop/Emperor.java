package org.emperor.loop;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.emperor.jail.JailBackend;
import org.emperor.monitor.Change;
import org.emperor.realm.Effect;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.LifeCycle;
import org.emperor.realm.Moment;
import org.emperor.realm.Realm;
import org.emperor.realm.Terms;
import org.emperor.realm.Transition;
import org.emperor.realm.VassalEvent;
import org.emperor.realm.Wish;
import org.emperor.spec.VassalName;

/**
 * The loop: one thread that owns the realm, feeds it wishes and events, does what it decides, and shows it. It ends when
 * all vassals have been stopped, or when it is told to leave them.
 */
public final class Emperor implements Runnable {
    private final JailBackend backend;
    private final Mailbox mailbox;
    private final Herald herald;
    private final Supplier<Moment> clock;
    private final int capacity;

    private final Realm realm;
    private final Roll roll = new Roll();
    private final Function<IncarnationId, Optional<Moment>> waitedUntil;
    private final Tally tally = new Tally();
    private final Edicts edicts;
    private final Board board;
    private final Inbox inbox = new Inbox();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Consumer<RealmListener>> tidings = new ArrayList<>();

    private Moment now;
    private boolean stopping;
    private boolean leaving;

    public Emperor(
            JailBackend backend,
            Mailbox mailbox,
            Herald herald,
            Reign reign,
            Supplier<Moment> clock,
            InstantSource wallClock) {
        this.backend = backend;
        this.mailbox = mailbox;
        this.herald = herald;
        this.clock = clock;
        this.capacity = backend.capacity();
        this.now = clock.get();
        this.realm = new Realm(capacity, spec -> Terms.of(spec, reign.respawn()));
        this.waitedUntil = backend::waitedUntil;
        this.edicts = new Edicts(realm, roll);
        this.board = new Board(realm, roll, tally, reign, capacity, wallClock, now);
    }

    @Override
    public void run() {
        while (!isOver()) {
            turn();
        }
        board.showAll(now);
    }

    /** The realm as it was a short moment ago; any thread may ask. */
    public RealmSnapshot snapshot() {
        return board.latest();
    }

    void turn() {
        backend.await(until(), inbox);
        now = clock.get(); // once, after the wait: a turn happens at one moment
        tally.turn();
        mailbox.drain().forEach(this::obey);
        inbox.takeSignals().forEach(this::heed);
        inbox.takeEvents().forEach(this::feed);
        inbox.takeOrphans().forEach(orphan -> tell(listener -> listener.orphan(orphan.pid(), orphan.status())));
        inbox.takeTroubles().forEach(what -> tell(listener -> listener.trouble(what)));
        inbox.takeErrandFailures().forEach(this::tell);
        follow(realm.due(now, waitedUntil));
        perform();
        board.show(now);
        tidings.forEach(herald::tell);
        tidings.clear();
        tally.turned(now.until(clock.get()));
    }

    boolean isOver() {
        return leaving || (stopping && realm.isEmpty());
    }

    private Optional<Moment> until() {
        if (inbox.hasEvents() || isOver()) {
            return Optional.of(now);
        }
        Optional<Moment> due = realm.nextDeadline();
        Optional<Moment> shown = board.due();
        if (due.isEmpty() || shown.isEmpty()) {
            return due.isPresent() ? due : shown;
        }
        return due.get().isAfter(shown.get()) ? shown : due;
    }

    private void obey(Command command) {
        if (command instanceof Command.Changes changes) {
            changes.changes().forEach(this::heed);
        } else if (command instanceof Command.Troubles found) {
            trouble(found.troubles());
        } else if (command instanceof Command.Reload reload) {
            edicts.reload(reload.name()).ifPresent(this::wish);
        } else if (command instanceof Command.ReloadAll) {
            edicts.reloadAll().forEach(this::wish);
        } else if (command instanceof Command.StopAll) {
            stopAll();
        } else if (command instanceof Command.Leave) {
            leaving = true;
        }
    }

    private void heed(Change change) {
        if (stopping) {
            return;
        }
        if (change.kind() == Change.Kind.REFUSED) {
            boolean running =
                    change.name().filter(name -> roll.isFrom(name, change)).isPresent();
            roll.refuse(change).ifPresent(file -> tell(listener -> listener.refused(file, running)));
        } else {
            edicts.of(change).ifPresent(this::wish);
        }
    }

    private void heed(Inbox.SignalNote note) {
        boolean obeyed =
                switch (note.signal()) {
                    case TERM, INT, USR2, HUP -> true;
                    default -> false;
                };
        tell(listener -> listener.signalled(note.signal(), note.senderPid(), note.senderUid(), obeyed));
        switch (note.signal()) {
            case TERM, INT -> stopAll();
            case USR2 -> leaving = true;
            case HUP -> edicts.reloadAll().forEach(this::wish);
            default -> {}
        }
    }

    private void stopAll() {
        stopping = true;
        board.stopping();
        edicts.stopAll().forEach(this::wish);
    }

    private void trouble(List<String> found) {
        found.stream()
                .filter(it -> !board.troubles().contains(it))
                .forEach(it -> tell(listener -> listener.trouble(it)));
        board.troubles(found);
    }

    private void wish(Wish wish) {
        follow(realm.apply(wish, now));
    }

    private void feed(VassalEvent event) {
        boolean known = realm.vassal(event.incarnation().vassal()).isPresent();
        if (!known && !LifeCycle.mayComeLate(event.kind())) {
            tell(listener -> listener.defect(event.kind() + " told of " + event.incarnation() + ": no such vassal"));
        }
        follow(realm.tell(event, now));
    }

    private void follow(Collection<Transition> transitions) {
        for (Transition transition : transitions) {
            VassalName name = transition.after().name();
            effects.addAll(transition.decision().effects());
            Tidings.of(transition, now, capacity).forEach(this::tell);
            roll.touch(name);
            if (realm.vassal(name).isEmpty()) {
                roll.remove(name);
            }
        }
    }

    private void tell(Inbox.ErrandFailure failure) {
        String next = realm.vassal(failure.incarnation().vassal())
                .map(vassal -> Views.next(vassal, failure.incarnation()))
                .orElse(Views.STOPS);
        tell(listener -> listener.errandFailed(failure.incarnation(), failure.hook(), failure.why(), next));
    }

    private void tell(Consumer<RealmListener> tiding) {
        tiding.accept(tally);
        tiding.accept(roll);
        tidings.add(tiding);
    }

    private void perform() {
        List<Effect> all = List.copyOf(effects);
        effects.clear();
        if (!leaving) {
            all.forEach(this::perform);
        }
    }

    private void perform(Effect effect) {
        try {
            switch (effect.kind()) {
                case LAUNCH -> backend.launch(effect.incarnation(), effect.spec());
                case SIGNAL, TERMINATE -> backend.signal(effect.incarnation(), effect.signal());
                case KILL -> backend.kill(effect.incarnation());
                case DISMANTLE -> backend.dismantle(effect.incarnation());
            }
        } catch (RuntimeException broken) {
            failed(effect, broken);
        }
    }

    /** Backends promise not to throw. A launch that did has no end of its own; other effects are repeated when due. */
    private void failed(Effect effect, RuntimeException broken) {
        tell(listener -> listener.defect(effect.kind() + " of " + effect.incarnation() + " threw " + broken));
        if (effect.kind() == Effect.Kind.LAUNCH) {
            inbox.vassal(VassalEvent.launchFailed(effect.incarnation(), broken.toString()));
        }
    }
}
