package org.emperor.loop;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Carries tidings to the listeners so that none of them can hold up or break the loop: in order, on another thread, over a
 * bounded queue. What does not fit is dropped and counted.
 */
public final class Herald {
    /** Room for a storm over thousands of vassals at a few tidings each. */
    private static final int BOUND = 65_536;

    private final Executor road;
    private final List<RealmListener> listeners;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private long missed;

    /** @param road runs what it is given one after another; what it rejects is dropped */
    Herald(Executor road, List<RealmListener> listeners) {
        this.road = road;
        this.listeners = List.copyOf(listeners);
    }

    /** A herald with a thread of its own, which ends with the process. */
    public static Herald to(List<RealmListener> listeners) {
        return new Herald(thread(), listeners);
    }

    /** How many tidings were dropped because the listeners were too slow. */
    public long dropped() {
        return dropped.get();
    }

    /** How often a listener threw. */
    public long failed() {
        return failed.get();
    }

    /** Waits until all that was told has been heard, at most this long; afterwards nothing is carried any more. */
    public boolean rest(long atMost, TimeUnit unit) throws InterruptedException {
        if (road instanceof ExecutorService service) {
            service.shutdown();
            return service.awaitTermination(atMost, unit);
        }
        return true;
    }

    void tell(Consumer<RealmListener> tiding) {
        try {
            road.execute(() -> deliver(tiding));
        } catch (java.util.concurrent.RejectedExecutionException full) {
            dropped.incrementAndGet();
        }
    }

    private void deliver(Consumer<RealmListener> tiding) {
        long now = dropped.get();
        if (now > missed) {
            long news = now - missed;
            missed = now;
            hear(listener -> listener.missed(news));
        }
        hear(tiding);
    }

    private void hear(Consumer<RealmListener> tiding) {
        for (RealmListener listener : listeners) {
            try {
                tiding.accept(listener);
            } catch (RuntimeException broken) {
                failed.incrementAndGet();
            }
        }
    }

    private static ExecutorService thread() {
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(BOUND), task -> {
            Thread thread = new Thread(task, "herald");
            thread.setDaemon(true);
            return thread;
        });
    }
}
