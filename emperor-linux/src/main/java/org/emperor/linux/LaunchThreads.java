package org.emperor.linux;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.emperor.linux.sys.Spawner;
import org.emperor.linux.sys.SyscallException;
import org.emperor.linux.sys.Threads;

/**
 * The two threads that launch and dismantle; two, because one alone takes eight times as long for a thousand launches.
 * They live as long as the process: the kernel ties a parent-death signal to the thread that cloned. One that is stuck in
 * a system call is replaced, and goes on beside its replacement should it come back; there are at most sixteen more.
 */
final class LaunchThreads {
    private static final System.Logger LOG = System.getLogger(LaunchThreads.class.getName());
    private static final int THREADS = 2;
    private static final int MOST = THREADS + 16;

    /** What {@link #replace} could not do, as a person reads it. */
    static final String NO_ROOM = "a launch thread is stuck, and the host has no room for another; it is tried again";

    private final Spawner spawner;
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final AtomicInteger stuck = new AtomicInteger();
    private int started;

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

    /**
     * Lets a stuck thread be and starts another in its place, unless there are many already. Loop only.
     *
     * @return whether that is done; if the host has no room for another now, the next who asks tries again
     */
    boolean replace(Worker worker) {
        if (!worker.stuck.compareAndSet(false, true)) {
            return true;
        }
        if (started - stuck.incrementAndGet() < THREADS && started < MOST) {
            try {
                start();
            } catch (SyscallException noRoom) {
                if (worker.stuck.compareAndSet(true, false)) {
                    stuck.decrementAndGet();
                }
                return false;
            }
        }
        return true;
    }

    private void start() {
        Thread thread = new Thread(new Worker(), "launch-" + (started + 1));
        thread.setDaemon(true);
        Threads.start(thread);
        started++;
    }

    void close() {
        for (int i = 0; i < started; i++) {
            tasks.add((slot, worker) -> worker.last = true);
        }
    }

    /** One launch thread. A task that throws is a defect, but no reason to be a thread fewer. */
    final class Worker implements Runnable {
        private final AtomicBoolean stuck = new AtomicBoolean();
        private boolean last;

        @Override
        public void run() {
            Spawner.Slot slot = spawner.takeSlot();
            try {
                while (!last) {
                    run(tasks.take(), slot);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                spawner.giveBack(slot);
            }
        }

        private void run(Task task, Spawner.Slot slot) {
            try {
                task.run(slot, this);
            } catch (RuntimeException | Error defect) {
                LOG.log(System.Logger.Level.ERROR, "defect in a launch thread", defect);
            } finally {
                if (stuck.compareAndSet(true, false)) {
                    LaunchThreads.this.stuck.decrementAndGet();
                }
            }
        }
    }
}
