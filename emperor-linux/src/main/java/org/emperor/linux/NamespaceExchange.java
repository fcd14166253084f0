package org.emperor.linux;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.emperor.linux.plan.NamespaceOffer;
import org.emperor.linux.sys.Epoll;
import org.emperor.linux.sys.Errno;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.Kernel;
import org.emperor.linux.sys.NamespaceRefusal;
import org.emperor.linux.sys.NamespaceSocket;
import org.emperor.linux.sys.NamespaceStream;
import org.emperor.linux.sys.SyscallException;
import org.emperor.linux.sys.Threads;
import org.emperor.linux.sys.WakeUp;
import org.emperor.realm.IncarnationId;
import org.jspecify.annotations.Nullable;

/**
 * Gives the namespaces of jails to others, and gets those of others for launches. One thread of its own deals with both
 * sides' strangers, which must not share the loop; it is there once a vassal asks for it.
 */
final class NamespaceExchange implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NamespaceExchange.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long NANOSECONDS = 1_000_000;

    private final Kernel kernel;
    private final HostFiles files;
    private final Map<IncarnationId, OfferedNamespaces> offers = new ConcurrentHashMap<>();
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread thread;
    private volatile @Nullable WakeUp bell;
    private volatile boolean closed;

    /** The thread's own, by descriptor. */
    private final Map<Integer, OfferedNamespaces> served = new HashMap<>();

    /** The thread's own, by descriptor; all have the same patience, so that the first ends first. */
    private final Map<Integer, NamespaceRequest> requests = new LinkedHashMap<>();

    NamespaceExchange(Kernel kernel) {
        this.kernel = kernel;
        this.files = new HostFiles(kernel);
    }

    /**
     * Listens already; clients wait until there is a jail.
     *
     * @throws SyscallException if that cannot be
     */
    void offer(IncarnationId id, NamespaceOffer offer) {
        offers.put(id, new OfferedNamespaces(files, offer, new NamespaceSocket(kernel, offer)));
    }

    /**
     * The jail stands. Only of the thread that reaps, so that the pid is still that process's.
     *
     * @return what is wrong; a jail that has ended by now has nothing to give, and that is not wrong
     */
    Optional<String> serve(IncarnationId id, int pid) {
        OfferedNamespaces offered = offers.get(id);
        if (offered == null) {
            return Optional.empty();
        }
        try {
            Fd namespaces = files.open("/proc/" + pid + "/ns", HostFiles.READ);
            serve(offered, namespaces);
            return Optional.empty();
        } catch (SyscallException e) {
            return e.is(Errno.ENOENT)
                    ? Optional.empty()
                    : Optional.of("cannot give away the namespaces of " + id + ": " + e.getMessage());
        }
    }

    private void serve(OfferedNamespaces offered, Fd namespaces) {
        try {
            post(epoll -> {
                offered.begin(namespaces);
                served.put(offered.number(), offered);
                epoll.add(offered.number());
            });
        } catch (SyscallException noRoom) {
            namespaces.close();
            throw noRoom;
        }
    }

    /** Stops offering, if anything is offered, and then does what is next. */
    void withdraw(IncarnationId id, Runnable next) {
        OfferedNamespaces offered = offers.remove(id);
        if (offered == null || thread == null) { // nobody serves it yet
            if (offered != null) {
                offered.close();
            }
            next.run();
            return;
        }
        post(epoll -> {
            served.remove(offered.number());
            offered.close();
            next.run();
        });
    }

    void ask(IncarnationId id, String address, NamespaceRequest.Answer answer) {
        try {
            post(epoll -> connect(epoll, id, address, answer));
        } catch (SyscallException want) {
            answer.refused("step setns/1 " + want.getMessage());
        }
    }

    private void connect(Epoll epoll, IncarnationId id, String address, NamespaceRequest.Answer answer) {
        try {
            NamespaceStream stream = NamespaceStream.to(kernel, address);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            listen(epoll, new NamespaceRequest(id, address, answer, stream, deadline));
        } catch (SyscallException absent) {
            answer.refused("step setns/1 " + absent.getMessage());
        } catch (NamespaceRefusal stranger) {
            answer.refused(NamespaceRequest.refusal(address, stranger.getMessage() + ""));
        }
    }

    private void listen(Epoll epoll, NamespaceRequest request) {
        try {
            epoll.add(request.number());
            requests.put(request.number(), request);
        } catch (SyscallException want) {
            request.refuse("cannot be listened to: " + want.getMessage());
        }
    }

    /** Gives up what was asked and is not answered yet. */
    void cancel(IncarnationId id) {
        if (thread != null) {
            post(epoll -> refuse(request -> request.id.equals(id), "has not answered when the launch was cancelled"));
        }
    }

    private interface Task {
        void run(Epoll epoll);
    }

    /** @throws SyscallException if the thread cannot be had now; the task is not done then */
    private synchronized void post(Task task) {
        if (thread == null) {
            thread = begin();
        }
        tasks.add(task);
        WakeUp ready = bell;
        if (ready != null) { // otherwise the thread has ended
            ready.ring();
        }
    }

    /** What may fail fails the vassal that is the first to ask, and not the thread that all depend on. */
    private Thread begin() {
        Epoll epoll = new Epoll(kernel);
        try {
            WakeUp ring = new WakeUp(kernel);
            return begin(epoll, ring);
        } catch (SyscallException e) {
            epoll.close();
            throw e;
        }
    }

    private Thread begin(Epoll epoll, WakeUp ring) {
        try {
            epoll.add(ring.number());
            Thread begun = new Thread(() -> run(epoll, ring), "namespace-exchange");
            begun.setDaemon(true);
            bell = ring;
            Threads.start(begun);
            return begun;
        } catch (SyscallException e) {
            bell = null;
            ring.close();
            throw e;
        }
    }

    private void run(Epoll watched, WakeUp ring) {
        try (Epoll epoll = watched;
                ring) {
            while (!closed) {
                turn(epoll, ring);
            }
            bell = null;
        }
        offers.values().forEach(OfferedNamespaces::close);
    }

    private void turn(Epoll epoll, WakeUp ring) {
        try {
            Task task;
            while ((task = tasks.poll()) != null) {
                task.run(epoll);
            }
            epoll.await(timeout(), this::ready);
            ring.clear();
            long now = System.nanoTime();
            refuse(request -> request.left(now) <= 0, "has said nothing for " + PATIENCE.toSeconds() + " s");
        } catch (RuntimeException defect) {
            LOG.log(System.Logger.Level.ERROR, "defect in the exchange of namespaces", defect);
        }
    }

    private int timeout() {
        if (!tasks.isEmpty() || closed) {
            return 0;
        }
        long now = System.nanoTime();
        return requests.values().stream()
                .findFirst()
                .map(first -> (int) Math.max(0, first.left(now) / NANOSECONDS + 1))
                .orElse(-1);
    }

    private void ready(int descriptor) {
        OfferedNamespaces offered = served.get(descriptor);
        if (offered != null) {
            offered.serve();
        }
        NamespaceRequest request = requests.remove(descriptor);
        if (request != null) {
            request.hear(kernel);
        }
    }

    private void refuse(Predicate<NamespaceRequest> whom, String why) {
        List<NamespaceRequest> over = requests.values().stream().filter(whom).toList();
        requests.values().removeAll(over);
        over.forEach(request -> request.refuse(why));
    }

    @Override
    public void close() {
        closed = true;
        Thread working = thread;
        if (working == null) {
            offers.values().forEach(OfferedNamespaces::close);
            return;
        }
        post(epoll -> {});
        try {
            working.join(PATIENCE.toMillis());
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }
}
