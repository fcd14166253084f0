package org.emperor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;

class HeraldTest {
    private static final VassalName API = new VassalName("api");

    private final Chronicle chronicle = new Chronicle();

    @Test
    void tidingsAreHeardInOrderOnAnotherThread() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        Herald herald = Herald.to(List.of(chronicle, new RealmListener() {
            @Override
            public void stopped(VassalName vassal) {
                threads.add(Thread.currentThread());
            }
        }));
        herald.tell(listener -> listener.stopped(API));
        herald.tell(listener -> listener.gaveUp(API, 3));
        assertTrue(herald.rest(20, TimeUnit.SECONDS));
        assertEquals(List.of("stopped api", "gave up api"), chronicle.lines());
        assertEquals("herald", threads.get(0).getName());
    }

    @Test
    void listenerThatThrowsIsCountedAndDisturbsNobody() {
        RealmListener broken = new RealmListener() {
            @Override
            public void stopped(VassalName vassal) {
                throw new IllegalStateException("broken");
            }
        };
        Herald herald = new Herald(Runnable::run, List.of(broken, chronicle));
        herald.tell(listener -> listener.stopped(API));
        assertEquals(List.of("stopped api"), chronicle.lines());
        assertEquals(1, herald.failed());
    }

    @Test
    void droppedTidingsAreCountedAndToldOnce() {
        boolean[] full = {true};
        Herald herald = new Herald(
                task -> {
                    if (full[0]) {
                        throw new RejectedExecutionException();
                    }
                    task.run();
                },
                List.of(chronicle));
        herald.tell(listener -> listener.stopped(API));
        herald.tell(listener -> listener.stopped(API));
        full[0] = false;
        herald.tell(listener -> listener.gaveUp(API, 1));
        herald.tell(listener -> listener.stopped(API));
        assertEquals(2, herald.dropped());
        assertEquals(List.of("missed 2", "gave up api", "stopped api"), chronicle.lines());
    }

    @Test
    void tidingsAfterTheRestAreDroppedNotThrown() throws InterruptedException {
        Herald herald = Herald.to(List.of(chronicle));
        herald.rest(20, TimeUnit.SECONDS);
        herald.tell(listener -> listener.stopped(API));
        assertEquals(1, herald.dropped());
    }
}
