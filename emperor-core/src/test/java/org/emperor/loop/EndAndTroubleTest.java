package org.emperor.loop;

import static org.emperor.loop.Reigning.appeared;
import static org.emperor.loop.Reigning.edited;
import static org.emperor.loop.Reigning.touched;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.emperor.jail.Fate;
import org.emperor.loop.VassalView.State;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Specs;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a reign ends, and what goes wrong around it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndAndTroubleTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final VassalSpec API = Specs.spec("api");
    private static final VassalSpec STUBBORN = Specs.spec("api", "/bin/sh", "-c", "trap '' TERM; sleep 100000");

    private final Reigning reigning = new Reigning();

    @Test
    void termStopsAllAndEndsTheLoop() {
        reigning.change(appeared(STUBBORN), appeared(Specs.spec("web")), appeared(Specs.spec("bad", "/bin/false")));
        reigning.pass(SECOND);
        reigning.backend.signalEmperor(Signal.TERM);
        reigning.emperor.run();
        assertEquals(Set.of(), reigning.backend.standing());
        assertEquals(List.of(), reigning.emperor.snapshot().vassals());
        assertTrue(reigning.emperor.snapshot().emperor().stopping());
    }

    @Test
    void fileThatAppearsDuringTheShutdownStartsNobody() {
        reigning.change(appeared(STUBBORN));
        reigning.pass(MINUTE);
        reigning.post(new Command.StopAll());
        reigning.emperor.turn();
        reigning.change(appeared(Specs.spec("late")), edited(Specs.spec("api", "/bin/true")), touched(API));
        reigning.emperor.run();
        assertEquals(List.of("api.1"), reigning.launched());
    }

    @Test
    void emptyRealmEndsAtOnceWhenStopped() {
        reigning.post(new Command.StopAll());
        reigning.emperor.run();
        assertTrue(reigning.emperor.isOver());
    }

    @Test
    void usr2LeavesTheVassalsAsTheyAre() {
        reigning.change(appeared(API));
        reigning.pass(MINUTE);
        reigning.backend.signalEmperor(Signal.USR2);
        reigning.emperor.run();
        assertEquals(Set.of("api.1"), reigning.backend.standing());
        assertEquals(0, reigning.chronicle.count("left"));
    }

    @Test
    void otherSignalsAreToldAndIgnored() {
        reigning.backend.signalEmperor(Signal.USR1);
        reigning.pass(SECOND);
        assertEquals(List.of("signal USR1 ignored"), reigning.chronicle.lines());
        assertFalse(reigning.emperor.isOver());
    }

    @Test
    void orphansAreCounted() {
        reigning.backend.orphan(77, ExitStatus.exited(0));
        reigning.backend.orphan(78, ExitStatus.exited(0));
        reigning.change(appeared(API));
        assertEquals(2, reigning.emperor.snapshot().emperor().orphans());
    }

    @Test
    void countsThatNoVassalChangesByAreShownSoon() {
        reigning.pass(SECOND);
        reigning.backend.orphan(77, ExitStatus.exited(0));
        reigning.pass(SECOND);
        assertEquals(1, reigning.emperor.snapshot().emperor().orphans());
    }

    @Test
    void troublesOfMonitorsAreToldOnceAndShownUntilTheyAreOver() {
        reigning.post(new Command.Troubles(List.of("cannot read /etc/vassals")));
        reigning.post(new Command.Troubles(List.of("cannot read /etc/vassals")));
        reigning.pass(SECOND);
        assertEquals(List.of("trouble cannot read /etc/vassals"), reigning.chronicle.lines());
        assertEquals(
                List.of("cannot read /etc/vassals"),
                reigning.emperor.snapshot().emperor().troubles());
        reigning.post(new Command.Troubles(List.of()));
        reigning.pass(SECOND);
        assertEquals(List.of(), reigning.emperor.snapshot().emperor().troubles());
    }

    @Test
    void backendThatThrowsAtALaunchIsADefectAndTheVassalIsTriedAgain() {
        boolean[] broken = {true};
        Reigning fragile = new Reigning(
                new Fate() {
                    @Override
                    public Duration launchTime(IncarnationId incarnation) {
                        if (broken[0]) {
                            throw new IllegalStateException("no plan");
                        }
                        return Duration.ZERO;
                    }
                },
                10);
        fragile.change(appeared(API));
        fragile.emperor.turn();
        broken[0] = false;
        fragile.pass(MINUTE);
        assertEquals(State.RUNNING, fragile.view("api").state());
        assertEquals(1, fragile.emperor.snapshot().emperor().defects());
        assertEquals(1, fragile.chronicle.count("launch failed api.1 java.lang.IllegalStateException: no plan"));
    }

    @Test
    void eventOfNobodyIsADefectThatDisturbsNobody() {
        reigning.change(appeared(API));
        reigning.backend.ready(new IncarnationId(new VassalName("nobody"), 1));
        reigning.backend.exitOfNobody(new IncarnationId(new VassalName("nobody"), 1));
        reigning.pass(MINUTE);
        assertEquals(1, reigning.emperor.snapshot().emperor().defects());
        assertEquals(State.RUNNING, reigning.view("api").state());
    }

    @Test
    void troubleOfTheBackendIsToldByTheHeraldAndDisturbsNobody() {
        reigning.change(appeared(API));
        reigning.backend.trouble("cannot wait for /leaf: EMFILE (too many open files)");
        reigning.pass(MINUTE);
        assertTrue(reigning.chronicle.lines().contains("trouble cannot wait for /leaf: EMFILE (too many open files)"));
        assertEquals(0, reigning.emperor.snapshot().emperor().defects());
        assertEquals(State.RUNNING, reigning.view("api").state());
    }

    @Test
    void commandFromAnotherThreadEndsTheWait() throws InterruptedException {
        Thread loop = new Thread(reigning.emperor);
        loop.start();
        reigning.mailbox.put(new Command.Changes(List.of(appeared(API))));
        reigning.mailbox.put(new Command.StopAll());
        loop.join();
        assertTrue(reigning.emperor.isOver());
        assertEquals(Set.of(), reigning.backend.standing());
    }
}
