package org.emperor.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Turmoil for some seconds ({@code make soak} for many): of one emperor, and of emperors that are killed in the middle of
 * it. {@code -Demperor.turmoil.seconds} and {@code -Demperor.turmoil.seed} say how long, and which.
 */
@Tag("kernel")
class SoakTest {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("emperor.turmoil.seconds", 10));
    private static final long SEED = Long.getLong("emperor.turmoil.seed", 1);
    private static final int BETWEEN_LOOKS = 150;
    private static final int FIRST_MOMENTS = 600; // ms in which an emperor may be killed before it reigns

    private final Place place = new Place();
    private final Turmoil turmoil = new Turmoil(place, SEED);
    private final long end = System.nanoTime() + LENGTH.toNanos();

    private boolean goesOn() {
        return System.nanoTime() < end;
    }

    @Test
    void oneEmperorReignsThroughTurmoilAndNothingOfItStays() {
        try (RunningEmperor emperor = RunningEmperor.in(place)) {
            int threads = 0;
            int descriptors = 0;
            int rounds = 0;
            String memory = "";
            while (goesOn()) {
                for (int i = 0; i < BETWEEN_LOOKS; i++) {
                    turmoil.step(emperor);
                }
                turmoil.untilTrue(emperor);
                turmoil.end();
                turmoil.untilTrue(emperor);
                if (rounds++ < 3) { // what is loaded, kept or made ahead once is there by then
                    threads = Math.max(threads, Host.threads(emperor.pid()));
                    descriptors = Math.max(descriptors, Host.descriptors(emperor.pid()));
                    memory = memory(emperor);
                }
            }
            int mostThreads = threads;
            int mostDescriptors = descriptors + 2; // connections of the test's own
            emperor.until(
                    "it holds no more than " + mostThreads + " threads and " + mostDescriptors + " descriptors",
                    () -> Host.threads(emperor.pid()) <= mostThreads
                            && Host.descriptors(emperor.pid()) <= mostDescriptors);
            memory += " at first, " + memory(emperor) + " at last";
            assertEquals(0, emperor.api().get("emperor").get("defects").intValue());
            emperor.stop();
            assertNoErrors();
            tell(rounds + " rounds, " + memory);
        }
    }

    @Test
    void emperorsThatAreKilledInTurmoilAreFollowedByOnesThatReign() {
        RunningEmperor emperor = RunningEmperor.in(place);
        try {
            int killed = 0;
            while (goesOn()) {
                for (int i = turmoil.below(40); i >= 0; i--) {
                    turmoil.step(emperor);
                }
                emperor.kill();
                turmoil.forgetWhatWasBroken();
                killed++;
                if (turmoil.below(3) == 0) {
                    RunningEmperor first = RunningEmperor.launch(place, RunningEmperor.java());
                    Turmoil.pause(turmoil.below(FIRST_MOMENTS));
                    first.kill();
                    killed++;
                }
                emperor = RunningEmperor.in(place);
                turmoil.untilTrue(emperor);
            }
            emperor.stop();
            assertNoErrors();
            tell(killed + " emperors killed");
        } finally {
            emperor.close();
        }
    }

    private void assertNoErrors() {
        assertTrue(place.log().stream().noneMatch(line -> line.contains(" ERROR ")), place::lastLog);
    }

    private static String memory(RunningEmperor emperor) {
        return Host.field(emperor.pid(), "VmRSS").orElseThrow();
    }

    private void tell(String what) {
        System.out.println(turmoil.steps() + " steps, " + what + ", seed " + SEED);
    }
}
