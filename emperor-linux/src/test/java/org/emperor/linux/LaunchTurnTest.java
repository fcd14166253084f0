package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.emperor.jail.HostFacts;
import org.emperor.jail.JailPlan;
import org.emperor.jail.Seat;
import org.emperor.linux.plan.LaunchNeeds;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launches that wait behind others, which here take as long as the test wants. */
@Tag("kernel")
class LaunchTurnTest {
    private static final int THREADS = 2;

    private final CountDownLatch begun = new CountDownLatch(THREADS);
    private final CountDownLatch end = new CountDownLatch(1);

    private final class SlowPlanner implements LaunchSequence.Planner {
        private final KeptPlanners planners = new KeptPlanners();

        @Override
        public LaunchNeeds needs(VassalSpec spec, HostFacts facts, List<String> joined) {
            begun.countDown();
            try {
                assertTrue(end.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return planners.needs(spec, facts, joined);
        }

        @Override
        public JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
            return planners.plan(spec, facts, seat);
        }

        @Override
        public byte[] encode(VassalSpec spec, JailPlan plan) {
            return planners.encode(spec, plan);
        }
    }

    @Test
    void launchTellsUntilWhenItWaited(@TempDir Path state) throws InterruptedException {
        try (JailYard yard = JailYard.open(state, new SlowPlanner())) {
            IncarnationId first = yard.launch(Sample.of("first"));
            IncarnationId second = yard.launch(Sample.of("second"));
            assertTrue(begun.await(20, TimeUnit.SECONDS));
            Moment taken = yard.host().now();
            IncarnationId third = yard.launch(Sample.of("third"));

            assertTrue(!turn(yard, first).isAfter(taken) && !turn(yard, second).isAfter(taken));
            assertTrue(!turn(yard, third).isAfter(yard.host().now()), "it waits");
            Moment later = yard.host().now();
            assertTrue(!later.isAfter(turn(yard, third)), "still");

            end.countDown();
            yard.launched(third);
            assertTrue(!later.isAfter(turn(yard, third))
                    && !turn(yard, third).isAfter(yard.host().now()));
            for (IncarnationId one : List.of(first, second, third)) {
                yard.launched(one);
                yard.killAndDismantle(one);
            }
            assertEquals(Optional.empty(), yard.backend().waitedUntil(new IncarnationId(new VassalName("nobody"), 1)));
        }
    }

    private static Moment turn(JailYard yard, IncarnationId id) {
        return yard.backend().waitedUntil(id).orElseThrow();
    }
}
