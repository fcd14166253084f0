package org.emperor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.emperor.jail.Fate;
import org.emperor.loop.VassalView.State;
import org.emperor.monitor.Change;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Specs;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/** A real emperor in a bad world: the same seed is the same life. */
class SimulationProperties {
    private static final int VASSALS = 12;
    private static final int SEATS = 9;
    private static final List<String> SCRIPTS = List.of(
            "sleep 100000",
            "trap '' TERM; sleep 100000",
            "exit 0",
            "sleep 0.3; exit 3",
            "sleep 5; kill -ABRT $$",
            "sleep 40; exit 1");

    @Property(tries = 40)
    void everyReignKeepsItsCountsAndEndsWithAnEmptyRealm(@ForAll long seed) {
        Random random = new Random(seed);
        Reigning reigning = new Reigning(new BadFate(random), SEATS);
        for (int n = 0; n < 300; n++) {
            somethingHappens(reigning, random);
            assertTrue(reigning.backend.standing().size() <= SEATS, "more jails than seats");
        }
        reigning.backend.signalEmperor(random.nextBoolean() ? Signal.TERM : Signal.INT);
        reigning.turnUntil(reigning.emperor::isOver);
        assertEquals(Set.of(), reigning.backend.standing());
        assertTold(reigning);
    }

    @Example
    void thousandsOfChangesEndWithAnEmptyRealm() {
        long seed = System.nanoTime();
        System.out.println("thousandsOfChangesEndWithAnEmptyRealm: seed " + seed);
        Random random = new Random(seed);
        Reigning reigning = new Reigning(new BadFate(random), SEATS);
        for (int n = 0; n < 10_000; n++) {
            somethingHappens(reigning, random);
        }
        reigning.backend.signalEmperor(Signal.TERM);
        reigning.turnUntil(reigning.emperor::isOver);
        assertEquals(Set.of(), reigning.backend.standing(), "seed " + seed);
        assertTold(reigning);
    }

    @Property(tries = 40)
    void calmAfterTheStormEndsAsTheFilesSay(@ForAll long seed) {
        Random random = new Random(seed);
        BadFate fate = new BadFate(random);
        Reigning reigning = new Reigning(fate, VASSALS);
        for (int n = 0; n < 200; n++) {
            somethingHappens(reigning, random);
        }
        fate.calm = true;
        List<Change> calm = new ArrayList<>();
        for (int n = 0; n < VASSALS; n += 2) {
            calm.add(Reigning.edited(Specs.spec("v" + n, "/bin/sleep", "1000000")));
            calm.add(Reigning.vanished("v" + (n + 1)));
        }
        reigning.change(calm.toArray(Change[]::new));
        reigning.pass(Duration.ofMinutes(10));
        for (int n = 0; n < VASSALS; n += 2) {
            VassalView view = reigning.view("v" + n);
            assertEquals(State.RUNNING, view.state());
            assertTrue(view.loyal());
        }
        assertEquals(VASSALS / 2, reigning.emperor.snapshot().vassals().size());
    }

    private static void somethingHappens(Reigning reigning, Random random) {
        String name = "v" + random.nextInt(VASSALS);
        switch (random.nextInt(9)) {
            case 0, 1 -> reigning.change(Reigning.appeared(spec(name, random)));
            case 2 -> reigning.change(Reigning.edited(spec(name, random)));
            case 3 -> reigning.change(touch(reigning, name, random));
            case 4 -> reigning.change(Reigning.vanished(name));
            case 5 -> reigning.change(Reigning.refused(name));
            case 6 ->
                reigning.post(
                        random.nextInt(10) == 0 ? new Command.ReloadAll() : new Command.Reload(new VassalName(name)));
            case 7 ->
                reigning.backend.launched().stream()
                        .filter(id -> id.vassal().text().equals(name))
                        .forEach(id -> reigning.backend.end(id, ExitStatus.signaled(9, false)));
            default -> reigning.pass(Duration.ofMillis(random.nextInt(3_000)));
        }
    }

    private static Change touch(Reigning reigning, String name, Random random) {
        Optional<VassalView> there = reigning.emperor.snapshot().vassal(new VassalName(name));
        return there.isPresent() ? Reigning.touched(spec(name, random)) : Reigning.vanished(name);
    }

    private static VassalSpec spec(String name, Random random) {
        return random.nextInt(10) == 0
                ? Specs.spec(name, "/no/such/program")
                : Specs.spec(name, "/bin/sh", "-c", SCRIPTS.get(random.nextInt(SCRIPTS.size())));
    }

    /** Every launch was told, and ended in exactly one way. */
    private static void assertTold(Reigning reigning) {
        Chronicle told = reigning.chronicle;
        EmperorView view = reigning.emperor.snapshot().emperor();
        long launches = reigning.backend.launched().size();
        assertEquals(0, told.count("defect"), told.lines()::toString);
        assertEquals(launches, told.count("launching"));
        assertEquals(launches, told.count("launch failed") + told.count("died") + told.count("left"));
        for (IncarnationId id : reigning.backend.launched()) {
            assertEquals(
                    1,
                    told.lines().stream()
                            .filter(line -> line.matches("(launch failed|died|left) " + id + " .*"))
                            .count());
        }
        assertEquals(0, view.defects());
    }

    /** Launches are slow or fail, deaths take their time, jails cling. */
    private static final class BadFate implements Fate {
        private final Random random;
        private boolean calm;

        private BadFate(Random random) {
            this.random = random;
        }

        @Override
        public Duration launchTime(IncarnationId incarnation) {
            return Duration.ofMillis(calm || random.nextInt(3) > 0 ? 1 : random.nextInt(60_000));
        }

        @Override
        public Optional<String> launchFailure(IncarnationId incarnation) {
            return !calm && random.nextInt(5) == 0 ? Optional.of("step init/2 chance") : Optional.empty();
        }

        @Override
        public Duration deathTime(IncarnationId incarnation) {
            return Duration.ofMillis(calm || random.nextInt(3) > 0 ? 0 : random.nextInt(20_000));
        }

        @Override
        public boolean isDismantled(IncarnationId incarnation) {
            return calm || random.nextInt(4) > 0;
        }
    }
}
