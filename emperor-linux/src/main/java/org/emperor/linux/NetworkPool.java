package org.emperor.linux;

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

/**
 * Network namespaces made ahead, each for one jail: making one takes longer than all the rest of a launch. A thread of its
 * own makes them once the first was asked for; where there is none, a launch makes its own as part of the clone.
 */
final class NetworkPool implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NetworkPool.class.getName());
    private static final int SPARE = 4;

    private final Kernel kernel;
    private final BlockingQueue<Fd> ready = new ArrayBlockingQueue<>(SPARE);
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile boolean closed;

    NetworkPool(Kernel kernel) {
        this.kernel = kernel;
    }

    /** A namespace nobody has used, with loopback up, if there is one now; the caller closes it. Never waits. */
    Optional<Fd> take() {
        Optional<Fd> spare = Optional.ofNullable(ready.poll());
        if (asked.compareAndSet(false, true)) {
            Thread maker = new Thread(this::make, "network-maker");
            maker.setDaemon(true);
            maker.start();
        }
        return spare;
    }

    private void make() {
        try (NetworkMaker maker = new NetworkMaker(kernel)) {
            while (!closed) {
                offer(maker.make());
            }
        } catch (SyscallException refused) {
            LOG.log(System.Logger.Level.DEBUG, "no network namespaces ahead: " + refused.getMessage());
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
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
