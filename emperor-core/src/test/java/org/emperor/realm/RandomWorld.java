package org.emperor.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/**
 * A realm in a world that keeps the platform's contract but is otherwise as bad as chance makes it, and that checks the
 * invariants of the life cycle at every step. The same seed is the same life.
 */
final class RandomWorld {
    private enum Jail {
        LAUNCHING,
        RUNNING,
        DEAD
    }

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final String RELOADS_ITSELF = "c";
    /** Fewer than there are vassals, so that somebody always wants to be let in. */
    private static final int CAPACITY = 2;

    final Realm realm;
    private final Function<VassalSpec, Terms> terms;
    private final Random random;
    private final Map<IncarnationId, Jail> jails =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    private final Set<IncarnationId> born = new HashSet<>();
    private final Set<IncarnationId> dismantledOnce = new HashSet<>();
    private final Map<VassalName, Moment> backoffs = new HashMap<>();
    private Moment now = Moment.ZERO;
    private long revision;

    RandomWorld(long seed, Function<VassalSpec, Terms> terms) {
        this.random = new Random(seed);
        this.terms = terms;
        this.realm = new Realm(CAPACITY, terms);
    }

    /** One random thing happens. */
    void step() {
        switch (random.nextInt(6)) {
            case 0 -> wish(random.nextInt(3) == 0 ? Want.GONE : random.nextInt(5) == 0 ? Want.DOWN : Want.UP);
            case 1 -> pass(Duration.ofMillis(random.nextInt(40_000)));
            default -> somethingHappensToAJail(false);
        }
    }

    /** Nobody fails, dies or asks for anything any more, until nothing is left to come. */
    void calm() {
        for (int n = 0; n < 200; n++) {
            for (int quick = 0; quick < 30; quick++) {
                somethingHappensToAJail(true);
            }
            realm.nextDeadline().ifPresent(next -> pass(now.until(next)));
        }
    }

    void shutDown() {
        for (Vassal vassal : List.copyOf(realm.vassals())) {
            take(realm.apply(new Wish(Want.GONE, vassal.wish().spec(), ++revision), now));
        }
    }

    boolean hasNoJails() {
        return jails.isEmpty();
    }

    private void wish(Want want) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        VassalSpec spec = name.equals(RELOADS_ITSELF) ? Specs.spec(name, Specs.reloading()) : Specs.spec(name);
        backoffs.remove(spec.name());
        take(realm.apply(new Wish(want, spec, ++revision), now));
    }

    private void pass(Duration duration) {
        Moment end = now.plus(duration);
        Optional<Moment> next = realm.nextDeadline();
        while (next.isPresent() && !next.get().isAfter(end)) {
            now = next.get();
            take(realm.due(now, id -> Optional.empty()));
            next = realm.nextDeadline();
        }
        now = end.isAfter(now) ? end : now;
    }

    private void somethingHappensToAJail(boolean calm) {
        List<IncarnationId> all = new ArrayList<>(jails.keySet());
        if (all.isEmpty()) {
            return;
        }
        IncarnationId id = all.get(random.nextInt(all.size()));
        Incarnation one = incarnation(id);
        switch (jails.get(id)) {
            case LAUNCHING -> {
                boolean cancelled = one.phase() == Phase.KILLING && random.nextBoolean();
                if (cancelled || (!calm && random.nextInt(4) == 0)) {
                    jails.put(id, Jail.DEAD);
                    tell(VassalEvent.launchFailed(id, "chance"));
                } else {
                    jails.put(id, Jail.RUNNING);
                    tell(VassalEvent.launched(id, 100));
                }
            }
            case RUNNING -> {
                if (!one.ready() && random.nextBoolean()) {
                    tell(VassalEvent.of(EventKind.READY, id));
                } else if (one.isStanding() ? !calm : random.nextBoolean()) {
                    jails.put(id, Jail.DEAD);
                    tell(VassalEvent.exited(id, ExitStatus.exited(random.nextInt(2))));
                }
            }
            case DEAD -> {
                if (random.nextInt(3) > 0) {
                    jails.remove(id);
                    tell(VassalEvent.of(EventKind.DISMANTLED, id));
                }
            }
        }
    }

    private void tell(VassalEvent event) {
        take(realm.tell(event, now));
    }

    private Incarnation incarnation(IncarnationId id) {
        return realm.vassal(id.vassal())
                .flatMap(vassal -> vassal.incarnation(id.number()))
                .orElseThrow(() -> new AssertionError("a jail nobody knows: " + id));
    }

    private void take(List<Transition> transitions) {
        for (Transition transition : transitions) {
            assertFalse(transition.decision().defect(), "the world keeps its contract: " + transition.cause());
            transition.decision().effects().forEach(effect -> obey(effect, transition));
            check(transition.after());
        }
        assertTrue(realm.vassals().stream().noneMatch(Vassal::isForgotten), "who is GONE and has no jail is forgotten");
    }

    private void obey(Effect effect, Transition transition) {
        IncarnationId id = effect.incarnation();
        switch (effect.kind()) {
            case LAUNCH -> launch(id, transition.after());
            case DISMANTLE -> {
                assertEquals(Jail.DEAD, jails.get(id), "dismantled while alive");
                boolean repeated = transition.cause().orElseThrow().kind() == EventKind.DEADLINE;
                assertEquals(!repeated, dismantledOnce.add(id), "dismantled once, and again only when it is late");
            }
            case KILL, TERMINATE, SIGNAL -> assertNotNull(jails.get(id), "signal to a jail that is gone");
        }
    }

    private void launch(IncarnationId id, Vassal vassal) {
        assertEquals(Want.UP, vassal.wish().want(), "launched unwished");
        assertTrue(born.add(id), "number used twice: " + id);
        assertTrue(
                !backoffs.containsKey(id.vassal()) || !backoffs.get(id.vassal()).isAfter(now), "launched early");
        long others = jails.keySet().stream()
                .filter(jail -> jail.vassal().equals(id.vassal()))
                .count();
        assertTrue(others <= (overlaps(vassal) ? 1 : 0), "launched into a slot that is not free");
        jails.put(id, Jail.LAUNCHING);
    }

    private void check(Vassal vassal) {
        vassal.gates().stream()
                .filter(closed -> closed.gate() == Gate.BACKOFF)
                .forEach(closed -> backoffs.put(vassal.name(), closed.opens().orElseThrow()));
        assertTrue(vassal.beside().isEmpty() || vassal.current().isPresent(), "beside nobody");
        assertTrue(vassal.beside().isEmpty() || overlaps(vassal), "two without overlap");
        long up =
                realm.vassals().stream().filter(it -> it.current().isPresent()).count();
        assertTrue(up <= CAPACITY, up + " vassals alive in " + CAPACITY + " seats");
    }

    private boolean overlaps(Vassal vassal) {
        return terms.apply(vassal.wish().spec()).reload() == Terms.Reload.OVERLAP;
    }
}
