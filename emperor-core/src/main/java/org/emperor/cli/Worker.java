package org.emperor.cli;

import java.time.Duration;

/**
 * A thread of the daemon that a defect of ours must not end: it is told, and the work begins again, a second later so that
 * a defect that repeats costs nothing else.
 */
final class Worker {
    private static final System.Logger LOG = System.getLogger("emperor");
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final String name;
    private final Runnable work;
    private final Runnable stop;
    private volatile Thread thread;
    private volatile boolean stopped;

    private Worker(String name, Runnable work, Runnable stop) {
        this.name = name;
        this.work = work;
        this.stop = stop;
        thread = thread();
    }

    private Thread thread() {
        Thread made = new Thread(this::repeat, name);
        made.setDaemon(true);
        return made;
    }

    /** @param stop makes the work return soon; called from another thread */
    static Worker start(String name, Runnable work, Runnable stop) {
        Worker worker = new Worker(name, work, stop);
        worker.thread.start();
        return worker;
    }

    /** Goes on with a new thread; the one so far is stuck, and ends when its work throws once it no longer is. */
    void replace() {
        Thread another = thread();
        thread = another;
        another.start();
    }

    /** Lets the work end, but does not wait for ever: a disk may be stuck. */
    void end() throws InterruptedException {
        stopped = true;
        stop.run();
        thread.join(FAREWELL.toMillis());
        if (thread.isAlive()) {
            LastWords.say(() -> LOG.log(System.Logger.Level.WARNING, "not ended in time thread=" + thread.getName()));
        }
    }

    private void repeat() {
        while (isWanted()) {
            try {
                work.run();
            } catch (RuntimeException | Error defect) {
                if (isWanted()) {
                    LOG.log(System.Logger.Level.ERROR, "defect of the emperor, please report thread=" + name, defect);
                    pause();
                }
            }
        }
    }

    private boolean isWanted() {
        return !stopped && Thread.currentThread() == thread;
    }

    private void pause() {
        try {
            Thread.sleep(BEFORE_RETRY.toMillis());
        } catch (InterruptedException ended) {
            stopped = true;
        }
    }
}
