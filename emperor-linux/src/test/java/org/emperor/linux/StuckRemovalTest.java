package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.emperor.jail.HostFacts;
import org.emperor.jail.HostStep;
import org.emperor.jail.JailPlan;
import org.emperor.jail.Seat;
import org.emperor.linux.plan.LaunchNeeds;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A removal that hangs in the kernel: here in the opening of a FIFO that stands where a cgroup tells of its deaths by memory. */
@Tag("kernel")
class StuckRemovalTest {
    private static final String STUCK = "stuck";
    private static final int MORE_THAN_THERE_ARE_THREADS = 25;

    @TempDir
    private Path directory;

    /** Gives the plan of one vassal a directory that looks like a leaf with a limit of memory. */
    private final class Planner implements LaunchSequence.Planner {
        private final KeptPlanners planners = new KeptPlanners();

        @Override
        public LaunchNeeds needs(VassalSpec spec, HostFacts facts, List<String> joined) {
            return planners.needs(spec, facts, joined);
        }

        @Override
        public JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
            JailPlan plan = planners.plan(spec, facts, seat);
            if (!spec.name().text().equals(STUCK)) {
                return plan;
            }
            List<HostStep> prepare = new ArrayList<>(plan.prepare());
            prepare.add(HostStep.directory(leaf().toString()));
            prepare.add(HostStep.file(leaf() + "/memory.max", ""));
            prepare.add(HostStep.write(leaf() + "/memory.max", "max"));
            prepare.add(new HostStep(HostStep.Kind.MAKE_FIFO, deaths().toString(), "", 0600, -1, -1));
            return new JailPlan(
                    plan.platform(),
                    prepare,
                    plan.cloneFlags(),
                    plan.cloneText(),
                    plan.cgroup(),
                    plan.attach(),
                    plan.network(),
                    plan.init(),
                    plan.main(),
                    plan.atexit(),
                    plan.diesWithEmperor());
        }

        @Override
        public byte[] encode(VassalSpec spec, JailPlan plan) {
            return planners.encode(spec, plan);
        }
    }

    private Path leaf() {
        return directory.resolve("leaf");
    }

    private Path deaths() {
        return leaf().resolve("memory.events");
    }

    @Test
    void stuckRemovalThatIsAskedForAgainAndAgainTakesOneThreadOnly() throws IOException {
        try (JailYard yard = JailYard.open(directory.resolve("state"), new Planner())) {
            IncarnationId stuck = yard.launch(Sample.of(STUCK));
            yard.launched(stuck);
            yard.backend().kill(stuck);
            yard.end(stuck);
            for (int i = 0; i < MORE_THAN_THERE_ARE_THREADS; i++) {
                yard.backend().dismantle(stuck);
                yard.watchFor(Duration.ofMillis(20)); // so that it is begun, and begun anew
            }

            IncarnationId other = yard.launch(Sample.of("other"));
            yard.launched(other);
            yard.killAndDismantle(other);

            release();
            yard.waitUntil(
                    () -> {
                        yard.backend().dismantle(stuck);
                        yard.watchFor(Duration.ofMillis(20));
                        return yard.told().stream()
                                .anyMatch(event -> event.kind().name().equals("DISMANTLED")
                                        && event.incarnation().equals(stuck));
                    },
                    () -> "the stuck one comes back and its jail is removed");
            assertTrue(Files.notExists(leaf()));
        }
    }

    private void release() throws IOException {
        Files.newOutputStream(deaths()).close();
    }
}
