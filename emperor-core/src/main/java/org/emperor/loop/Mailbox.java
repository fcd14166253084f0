package org.emperor.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Where other threads put commands for the loop; the only place where threads meet over a lock. */
public final class Mailbox {
    private static final int CAPACITY = 1024;

    private final BlockingQueue<Command> commands = new ArrayBlockingQueue<>(CAPACITY);
    private final Runnable wake;

    /** @param wake ends the loop's wait, from any thread */
    public Mailbox(Runnable wake) {
        this.wake = wake;
    }

    /** Posts the command unless the mailbox is full; for those who can say no to a client. */
    public boolean offer(Command command) {
        boolean taken = commands.offer(command);
        if (taken) {
            wake.run();
        }
        return taken;
    }

    /** Posts the command, waiting while the mailbox is full; for those whose word must not be lost. */
    public void put(Command command) throws InterruptedException {
        commands.put(command);
        wake.run();
    }

    List<Command> drain() {
        List<Command> all = new ArrayList<>();
        commands.drainTo(all);
        return all;
    }
}
