package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.jail.EventSink;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.Signal;
import org.junit.jupiter.api.Test;

class ParkedEndsTest {
    private static final ExitStatus ONE = ExitStatus.exited(1);
    private static final ExitStatus TWO = ExitStatus.exited(2);

    private final ParkedEnds parked = new ParkedEnds();

    @Test
    void endAfterTheLaunchBeganIsThatOfItsProcess() {
        long begun = parked.last();
        parked.park(77, ONE);
        assertEquals(Optional.of(ONE), parked.take(77, begun));
        assertEquals(Optional.empty(), parked.take(77, begun));
        assertEquals(List.of(), released(true));
    }

    @Test
    void endBeforeTheLaunchBeganIsThatOfAnEarlierProcessWithThePid() {
        parked.park(77, ONE);
        assertEquals(Optional.empty(), parked.take(77, parked.last()));
        assertEquals(List.of(77), released(true));
    }

    @Test
    void laterProcessWithThePidReplacesTheEarlier() {
        parked.park(77, ONE);
        long begun = parked.last();
        parked.park(77, TWO);
        assertEquals(Optional.of(TWO), parked.take(77, begun));
    }

    @Test
    void whileLaunchesAreUnderWayOnlyTheOldestOfTooManyAreToldOf() {
        for (int pid = 1; pid <= 5000; pid++) {
            parked.park(pid, ONE);
        }
        List<Integer> told = released(false);
        assertEquals(904, told.size());
        assertEquals(1, told.get(0));
        assertEquals(4096, released(true).size());
    }

    private List<Integer> released(boolean all) {
        Orphanage orphanage = new Orphanage(new ArrayList<>());
        parked.release(orphanage, all);
        return orphanage.pids();
    }

    private record Orphanage(List<Integer> pids) implements EventSink {
        @Override
        public void vassal(VassalEvent event) {}

        @Override
        public void signal(Signal signal, int senderPid, int senderUid) {}

        @Override
        public void orphan(int pid, ExitStatus status) {
            pids.add(pid);
        }
    }
}
