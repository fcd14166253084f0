package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emperor.jail.HostFacts;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanEncoder;
import org.emperor.jail.Seat;
import org.emperor.linux.plan.LaunchNeeds;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code emperor plan --export} writes, made without a daemon, is what jail-init receives from one. */
@Tag("kernel")
class ExportedPlanTest {
    @TempDir
    Path state;

    @TempDir
    Path elsewhere;

    /** Sends what would be exported in the place of what was planned. */
    private final class Exported implements LaunchSequence.Planner {
        private final KeptPlanners planners = new KeptPlanners();
        private final List<byte[]> planned = new ArrayList<>();
        private final List<byte[]> exported = new ArrayList<>();

        @Override
        public LaunchNeeds needs(VassalSpec spec, HostFacts facts, List<String> joined) {
            return planners.needs(spec, facts, joined);
        }

        @Override
        public JailPlan plan(VassalSpec spec, HostFacts facts, Seat seat) {
            exported.add(
                    PlanEncoder.encode(new LinuxPlatform().plan(spec, facts, Seat.preview(spec.name(), elsewhere))));
            return planners.plan(spec, facts, seat);
        }

        @Override
        public byte[] encode(VassalSpec spec, JailPlan plan) {
            planned.add(planners.encode(spec, plan));
            return exported.get(exported.size() - 1);
        }
    }

    @Test
    void exportedBytesBuildTheJail() {
        Exported planner = new Exported();
        Sample sample = Sample.of("api")
                .shell("hostname; echo $GREETING; ls /proc | grep -c '^[0-9]*$'")
                .variable("GREETING", "hello")
                .jail("clone", "fs,ipc,uts,pid")
                .jail("hostname", "inner")
                .jail("seccomp", "default");
        try (JailYard yard = JailYard.open(state, planner)) {
            IncarnationId id = yard.launch(sample);
            assertEquals(ExitStatus.exited(0), yard.end(id).status());
            assertEquals(
                    List.of("inner", "hello"),
                    yard.lastWords(id).lines().limit(2).toList());
            yard.dismantle(id);
        }
        assertEquals(1, planner.planned.size());
        assertArrayEquals(planner.planned.get(0), planner.exported.get(0));
    }
}
