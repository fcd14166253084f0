package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.emperor.jail.HostFacts;
import org.emperor.jail.IdRange;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanEncoder;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Seat;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A planner that is kept plans every seat as a new one would. */
class KeptPlannerTest {
    private static final HostFacts FACTS = TestHost.HYBRID.toFacts();

    private static VassalSpec spec(String lines) {
        return TestHost.spec("[vassal]\nexec = /bin/app\n" + lines + "\n");
    }

    private static Seat seat(int incarnation, int range, boolean networkReady) {
        return new Seat(
                new IncarnationId(new VassalName("api"), incarnation),
                Path.of("/run/emperor"),
                "01234567",
                new IdRange(range, 65536),
                networkReady,
                "10.117.0.1",
                List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "clone = fs,net,ipc,uts,pid",
                "jail-preset = standard",
                "jail-preset = strict\nseccomp = none",
                "clone = fs,user,net\nnet = private",
                "memory-max = 1G\npids-max = 5",
                "namespace = /srv/root\nclone = fs,user\nroot-idmap = true"
            })
    void everySeatHasThePlanOfANewPlanner(String lines) {
        VassalSpec spec = spec(lines);
        LinuxPlanner kept = new LinuxPlanner(spec, FACTS, TestHost.PAPER);
        List<Seat> seats = List.of(
                seat(1, 100_000, false),
                seat(2, 100_000, false),
                seat(3, 100_000, true),
                seat(4, 200_000, true),
                seat(5, 100_000, false));
        for (Seat seat : seats) {
            JailPlan plan = kept.plan(seat);
            JailPlan fresh = LinuxPlanner.plan(spec, FACTS, seat, TestHost.PAPER);
            assertEquals(fresh, plan);
            assertArrayEquals(PlanEncoder.encode(fresh), kept.encoded(plan));
        }
    }

    @Test
    void stepsInsideAreCompiledOnceForAllSeatsThatDifferOutside() {
        LinuxPlanner kept = new LinuxPlanner(spec("jail-preset = standard"), FACTS, TestHost.PAPER);
        JailPlan first = kept.plan(seat(1, 100_000, false));
        JailPlan second = kept.plan(seat(2, 200_000, false));
        assertNotEquals(first.prepare(), second.prepare());
        assertSame(first.init(), second.init());
        assertSame(kept.encoded(first), kept.encoded(second));
    }

    @Test
    void largePlansAreNotKept() {
        LinuxPlanner kept = new LinuxPlanner(spec("env = LARGE=" + "x".repeat(70_000)), FACTS, TestHost.PAPER);
        JailPlan first = kept.plan(seat(1, 100_000, false));
        assertTrue(kept.encoded(first).length > 70_000);
        assertNotSame(first.init(), kept.plan(seat(2, 100_000, false)).init());
    }

    @Test
    void cgroupsThatJailInitJoinsAreThoseOfTheIncarnation() {
        LinuxPlanner kept = new LinuxPlanner(spec("memory-max = 1G"), FACTS, TestHost.PAPER);
        kept.plan(seat(1, 100_000, false));
        String second = kept.plan(seat(2, 100_000, false)).toString();
        assertTrue(second.contains("api.2/tasks"), second);
        assertFalse(second.contains("api.1"), second);
    }

    @Test
    void whatTheHostCannotDoIsRefusedEveryTime() {
        LinuxPlanner kept = new LinuxPlanner(spec("pids-max = 5"), TestHost.BARE.toFacts(), TestHost.PAPER);
        for (int i = 1; i <= 2; i++) {
            Seat seat = seat(i, 100_000, false);
            assertThrows(PlanRefusal.class, () -> kept.plan(seat));
        }
    }

    @Test
    void isOfItsSpecAndFactsAlone() {
        VassalSpec spec = spec("");
        LinuxPlanner kept = new LinuxPlanner(spec, FACTS, TestHost.PAPER);
        assertTrue(kept.isOf(spec, FACTS));
        assertFalse(kept.isOf(spec(""), FACTS), "the file was edited");
        assertFalse(kept.isOf(spec, TestHost.UNIFIED.toFacts()));
    }
}
