package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.emperor.jail.IdRange;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanEncoder;
import org.emperor.jail.Seat;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;

/** A seat with a network namespace made ahead: who takes it, and what then is not done again. */
class NetworkReadyTest {
    private static final int RECEIVED = 40; // plan.h
    private static final Seat READY = new Seat(
            new IncarnationId(new VassalName("api"), 1),
            Path.of("/run/emperor"),
            "01234567",
            new IdRange(100_000, 65536),
            true,
            "",
            List.of());

    private static VassalSpec cloning(String namespaces) {
        return TestHost.spec("[vassal]\nexec = /bin/app\nclone = " + namespaces + "\n");
    }

    private static JailPlan plan(VassalSpec spec) {
        return LinuxPlanner.plan(spec, TestHost.UNIFIED.toFacts(), READY);
    }

    private static int received(JailPlan plan) {
        return ByteBuffer.wrap(PlanEncoder.encode(plan))
                .order(ByteOrder.nativeOrder())
                .getInt(RECEIVED);
    }

    @Test
    void isJoinedBeforeAnythingElseAndNotCloned() {
        JailPlan plan = plan(cloning("fs,net,ipc,uts,pid"));
        assertAll(
                () -> assertFalse(plan.cloneText().contains("CLONE_NEWNET"), plan::cloneText),
                () -> assertEquals(0, plan.cloneFlags() & Namespace.NET.flag()),
                () -> assertEquals(
                        "setns(network, CLONE_NEWNET)", plan.init().get(0).text()),
                () -> assertFalse(plan.toString().contains("SIOCSIFFLAGS"), "its lo is up"),
                () -> assertEquals(6, received(plan)));
    }

    @Test
    void isNotForAUserNamespaceWhichMustOwnItsNetwork() {
        VassalSpec spec = cloning("net,user");
        JailPlan plan = plan(spec);
        assertAll(
                () -> assertFalse(needs(spec).network()),
                () -> assertTrue(plan.cloneText().contains("CLONE_NEWNET")),
                () -> assertTrue(plan.toString().contains("SIOCSIFFLAGS")),
                () -> assertFalse(plan.joinsNetwork()),
                () -> assertEquals(5, received(plan)));
    }

    @Test
    void isNotForAVassalInTheHostsNetwork() {
        VassalSpec spec = cloning("fs,pid");
        assertFalse(needs(spec).network());
        assertFalse(plan(spec).toString().contains("setns"));
    }

    private static LaunchNeeds needs(VassalSpec spec) {
        return LinuxPlanner.needs(spec, TestHost.UNIFIED.toFacts(), List.of());
    }
}
