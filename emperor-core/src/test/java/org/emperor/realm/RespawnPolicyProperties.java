package org.emperor.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.emperor.spec.VassalName;

class RespawnPolicyProperties {
    private static final VassalName API = new VassalName("api");

    @Property
    void delayDoublesUpToTheCapWithinTheSpread(
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String name,
            @ForAll @IntRange(min = 1, max = 100_000) int failures) {
        double middle = Math.min(250 * Math.pow(2, failures - 1), 60_000);
        long millis =
                RespawnPolicy.STANDARD.delay(new VassalName(name), failures).toMillis();
        assertTrue(millis >= middle * 0.8 - 1 && millis <= middle * 1.2 + 1, millis + " ms");
    }

    @Example
    void delayIsTheSameEveryTimeItIsAsked() {
        assertEquals(RespawnPolicy.STANDARD.delay(API, 5), RespawnPolicy.STANDARD.delay(API, 5));
    }

    @Example
    void vassalsThatFailTogetherDoNotReturnTogether() {
        long different = IntStream.range(0, 1000)
                .mapToObj(n -> RespawnPolicy.STANDARD.delay(new VassalName("web" + n), 9))
                .distinct()
                .count();
        long early = IntStream.range(0, 1000)
                .filter(n -> RespawnPolicy.STANDARD
                                .delay(new VassalName("web" + n), 9)
                                .compareTo(Duration.ofSeconds(60))
                        < 0)
                .count();
        assertTrue(different > 800, different + " different delays");
        assertTrue(early > 400 && early < 600, early + " of 1000 before the middle");
    }

    @Example
    void givesUpOnlyAfterMoreFaultsThanAllowed() {
        RespawnPolicy twice = new RespawnPolicy(Duration.ofMillis(1), 2, Duration.ofSeconds(1), 0, OptionalInt.of(2));
        assertFalse(twice.givesUp(2));
        assertTrue(twice.givesUp(3));
        assertFalse(RespawnPolicy.STANDARD.givesUp(Integer.MAX_VALUE));
    }

    @Example
    void nonsenseIsRefused() {
        Duration second = Duration.ofSeconds(1);
        OptionalInt never = OptionalInt.empty();
        assertThrows(IllegalArgumentException.class, () -> new RespawnPolicy(Duration.ZERO, 2, second, 0, never));
        assertThrows(IllegalArgumentException.class, () -> new RespawnPolicy(second, 2, Duration.ZERO, 0, never));
        assertThrows(IllegalArgumentException.class, () -> new RespawnPolicy(second, 2, second, 101, never));
    }
}
