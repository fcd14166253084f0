package org.emperor.linux;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.emperor.linux.sys.Spawner;

/**
 * The two threads that launch and dismantle; two, because one alone takes eight times as long for a thousand launches.
 * They live as long as the process: the kernel ties a parent-death signal to the thread that cloned. One that is stuck in
 * a system call is replaced, at most sixteen times at once.
 */
final class LaunchThreads {
    private static final int THREADS = 2;
    private static final int MOST_STUCK = 16;

    private final Spawner spawner;
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private int started;
    private int stuck;

    /** Work for one launch thread with its slot. */
    interface Task {
        void run(Spawner.Slot slot, Worker worker);
    }

    LaunchThreads(Spawner spawner) {
        this.spawner = spawner;
        for (int i = 0; i < THREADS; i++) {
            start();
        }
    }

    void submit(Task task) {
        tasks.add(task);
    }

    /** Lets a stuck thread be and starts another in its place; false if too many are stuck already. Loop only. */
    boolean replace(Worker worker) {
        if (worker.abandoned || stuck == MOST_STUCK) {
            return worker.abandoned;
        }
        worker.abandoned = true;
        stuck++;
        start();
        return true;
    }

    private void start() {
        Thread thread = new Thread(new Worker(), "launch-" + ++started);
        thread.setDaemon(true);
        thread.start();
    }

    void close() {
        for (int i = 0; i < THREADS + stuck; i++) {
            tasks.add((slot, worker) -> worker.abandoned = true);
        }
    }

    /** One launch thread; it ends when it was abandoned and its task has come back after all. */
    final class Worker implements Runnable {
        private volatile boolean abandoned;

        @Override
        public void run() {
            Spawner.Slot slot = spawner.takeSlot();
            try {
                while (!abandoned) {
                    tasks.take().run(slot, this);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                spawner.giveBack(slot);
            }
        }
    }
}
