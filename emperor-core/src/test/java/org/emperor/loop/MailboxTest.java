package org.emperor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MailboxTest {
    private final Semaphore wakes = new Semaphore(0);
    private final Mailbox mailbox = new Mailbox(wakes::release);

    @Test
    void commandsComeOutInTheOrderTheyWentIn() {
        mailbox.offer(new Command.ReloadAll());
        mailbox.offer(new Command.StopAll());
        assertEquals(List.of(new Command.ReloadAll(), new Command.StopAll()), mailbox.drain());
        assertEquals(List.of(), mailbox.drain());
        assertEquals(2, wakes.availablePermits());
    }

    @Test
    void fullMailboxRefusesAnOfferAndWakesNobodyForIt() {
        int taken = fill();
        wakes.drainPermits();
        assertFalse(mailbox.offer(new Command.StopAll()));
        assertEquals(0, wakes.availablePermits());
        assertEquals(taken, mailbox.drain().size());
        assertTrue(mailbox.offer(new Command.StopAll()));
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoMustNotBeLostWaitsForRoom() throws InterruptedException {
        int taken = fill();
        wakes.drainPermits();
        Thread writer = new Thread(() -> {
            try {
                mailbox.put(new Command.StopAll());
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
        });
        writer.start();
        List<Command> first = mailbox.drain();
        wakes.acquire();
        writer.join();
        List<Command> all = new ArrayList<>(first);
        all.addAll(mailbox.drain());
        assertEquals(taken + 1, all.size());
        assertEquals(new Command.StopAll(), all.get(taken));
    }

    private int fill() {
        int taken = 0;
        while (mailbox.offer(new Command.ReloadAll())) {
            taken++;
        }
        return taken;
    }
}
