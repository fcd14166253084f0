package org.emperor.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.emperor.spec.VassalSpec;

/** Random lives in virtual time; the invariants themselves are checked by {@link RandomWorld} at every step. */
class LifeProperties {

    @Property(tries = 500)
    void everyLifeOfRestartingVassalsKeepsTheInvariantsAndEndsEmpty(
            @ForAll long seed, @ForAll @IntRange(max = 300) int steps) {
        live(seed, steps, Specs::restarting);
    }

    @Property(tries = 500)
    void everyLifeOfOverlappingVassalsKeepsTheInvariantsAndEndsEmpty(
            @ForAll long seed, @ForAll @IntRange(max = 300) int steps) {
        live(seed, steps, Specs::overlapping);
    }

    private static void live(long seed, int steps, Function<VassalSpec, Terms> terms) {
        RandomWorld world = new RandomWorld(seed, terms);
        for (int n = 0; n < steps; n++) {
            world.step();
        }
        world.calm();
        world.realm.vassals().forEach(LifeProperties::assertAsWished);
        world.shutDown();
        world.calm();
        assertTrue(world.realm.isEmpty(), "somebody outlives the shutdown");
        assertTrue(world.hasNoJails(), "a jail outlives the shutdown");
    }

    private static void assertAsWished(Vassal vassal) {
        if (vassal.wish().want() != Want.UP) {
            assertEquals(Stance.IDLE, vassal.stance());
        } else if (vassal.isShut(Gate.SLOT)) {
            assertEquals(Stance.WAITING, vassal.stance());
        } else {
            Incarnation current = vassal.current().orElseThrow();
            assertEquals(Phase.LOYAL, current.phase());
            assertEquals(vassal.wish().revision(), current.revision());
            assertTrue(vassal.beside().isEmpty());
            assertEquals(0, vassal.failures());
        }
    }
}
