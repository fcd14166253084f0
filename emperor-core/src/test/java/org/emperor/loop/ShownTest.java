package org.emperor.loop;

import static org.emperor.loop.Reigning.appeared;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.emperor.loop.VassalView.State;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Specs;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people see of a reign, and how little it takes to show it to them in a storm. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShownTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final VassalSpec API = Specs.spec("api");

    private final Reigning reigning = new Reigning();

    @Test
    void thousandExitsInOneWaitAreAllCountedOnceAndAllComeBack() {
        reigning.post(new Command.Changes(appeared(1000)));
        reigning.pass(MINUTE);
        for (int n = 0; n < 1000; n++) {
            reigning.end("v" + n + ".1", ExitStatus.signaled(9, false));
        }
        long turns = reigning.emperor.snapshot().emperor().turns();
        reigning.pass(MINUTE);
        EmperorView view = reigning.emperor.snapshot().emperor();
        assertEquals(1000, view.deaths());
        assertEquals(2000, view.launches());
        assertEquals(1000, reigning.chronicle.count("exited"));
        assertEquals(1000, reigning.backend.standing().size());
        assertTrue(view.turns() - turns < 100, "a storm is few turns, not " + (view.turns() - turns));
    }

    @Test
    void burstOfLaunchesIsShownByFewSnapshots() {
        reigning.post(new Command.Changes(appeared(10)));
        reigning.pass(Duration.ZERO);
        RealmSnapshot early = reigning.emperor.snapshot();
        for (int n = 10; n < 500; n++) {
            reigning.change(appeared(Specs.spec("v" + n)));
        }
        assertSame(early, reigning.emperor.snapshot());
        reigning.pass(Duration.ofMillis(100));
        assertNotSame(early, reigning.emperor.snapshot());
        assertEquals(500, reigning.emperor.snapshot().vassals().size());
    }

    @Test
    void viewOfAnUnchangedVassalIsKept() {
        reigning.change(appeared(API), appeared(Specs.spec("web")));
        reigning.pass(MINUTE);
        VassalView web = reigning.view("web");
        reigning.end("api.1", ExitStatus.exited(0));
        reigning.pass(MINUTE);
        assertSame(web, reigning.view("web"));
        assertEquals(2, reigning.view("api").launches());
    }

    @Test
    void readyVassalIsShownAsReady() {
        reigning.change(appeared(API));
        reigning.pass(Duration.ofMillis(100));
        reigning.backend.ready(new IncarnationId(API.name(), 1));
        reigning.pass(Duration.ofMillis(200));
        assertEquals(State.READY, reigning.view("api").state());
        assertFalse(reigning.view("api").loyal());
    }
}
