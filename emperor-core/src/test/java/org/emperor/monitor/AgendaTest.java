package org.emperor.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.emperor.realm.Moment;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final Path A = Path.of("/a");
    private static final Path B = Path.of("/b");
    private static final Moment SOON = Moment.ZERO.plus(Duration.ofSeconds(1));
    private static final Moment LATE = SOON.plus(Duration.ofSeconds(1));

    private final Agenda agenda = new Agenda();

    @Test
    void thoseWhoseTimeHasComeAreDueByTheirPaths() {
        agenda.put(B, Moment.ZERO);
        agenda.put(A, SOON);
        assertEquals(List.of(B), agenda.due(Moment.ZERO));
        assertEquals(List.of(A, B), agenda.due(SOON));
        assertEquals(Optional.of(Moment.ZERO), agenda.next());
    }

    @Test
    void onlyTheLastTimeOfEachCounts() {
        agenda.put(A, LATE);
        agenda.put(A, Moment.ZERO);
        agenda.put(B, SOON);
        agenda.put(B, LATE);
        assertEquals(List.of(A), agenda.due(SOON));
        agenda.remove(A);
        assertEquals(Optional.of(LATE), agenda.next());
        agenda.remove(B);
        agenda.remove(B);
        assertEquals(Optional.empty(), agenda.next());
        assertEquals(List.of(), agenda.due(LATE));
    }
}
