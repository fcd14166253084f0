package org.emperor.linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.NetworkMaker;
import org.emperor.linux.sys.SyscallException;
import org.emperor.linux.sys.Threads;

/**
 * Network namespaces made ahead, each for one jail: making one takes longer than all the rest of a launch. A thread of its
 * own makes them once the first was asked for; where there is none, a launch makes its own as part of the clone.
 */
final class NetworkPool implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NetworkPool.class.getName());
    private static final int SPARE = 4;
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Kernel kernel;
    private final Duration pause;
    private final BlockingQueue<Fd> ready = new ArrayBlockingQueue<>(SPARE);
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile long pausedUntil = System.nanoTime();
    private volatile boolean closed;

    NetworkPool(Kernel kernel) {
        this(kernel, PAUSE);
    }

    /** @param pause until it is tried again after a refusal */
    NetworkPool(Kernel kernel, Duration pause) {
        this.kernel = kernel;
        this.pause = pause;
    }

    /** A namespace nobody has used, with loopback up, if there is one now; the caller closes it. Never waits. */
    Optional<Fd> take() {
        Optional<Fd> spare = Optional.ofNullable(ready.poll());
        long now = System.nanoTime();
        if (now - pausedUntil >= 0 && asked.compareAndSet(false, true)) {
            start(now);
        }
        return spare;
    }

    private void start(long now) {
        try {
            Thread maker = new Thread(this::make, "network-maker");
            maker.setDaemon(true);
            Threads.start(maker);
        } catch (SyscallException refused) {
            pause(refused, now);
        }
    }

    private void make() {
        try (NetworkMaker maker = new NetworkMaker(kernel)) {
            while (!closed) {
                offer(maker.make());
            }
        } catch (SyscallException refused) {
            pause(refused, System.nanoTime());
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }

    /** What lacks now, as descriptors or memory, may be there later: a launch after the pause asks again. */
    private void pause(SyscallException refused, long now) {
        LOG.log(System.Logger.Level.DEBUG, "no network namespaces ahead: " + refused.getMessage());
        pausedUntil = now + pause.toNanos();
        asked.set(false);
    }

    private void offer(Fd network) throws InterruptedException {
        ready.put(network);
        if (closed) {
            drain();
        }
    }

    @Override
    public void close() {
        closed = true;
        drain();
    }

    /** Also lets a maker go that waits for room. */
    private void drain() {
        List<Fd> unused = new ArrayList<>();
        ready.drainTo(unused);
        unused.forEach(Fd::close);
    }
}
