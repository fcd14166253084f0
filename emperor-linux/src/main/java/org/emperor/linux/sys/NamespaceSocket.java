package org.emperor.linux.sys;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.emperor.linux.plan.Arch;
import org.emperor.linux.plan.Call;
import org.emperor.linux.plan.NamespaceOffer;

/**
 * A listener that gives namespaces to whoever connects, in the format of uWSGI's {@code setns-socket}. It reads nothing from
 * its clients and waits for none of them.
 */
public final class NamespaceSocket implements AutoCloseable {
    private static final int BACKLOG = 100; // as uWSGI's
    private static final Duration WANT = Duration.ofMillis(50);

    private final Kernel kernel;
    private final HostFiles files;
    private final NamespaceOffer offer;
    private final Fd listener;
    private Optional<FileStatus> bound = Optional.empty();

    /** @throws SyscallException EADDRINUSE if somebody listens there or a file that is no socket is in the way */
    public NamespaceSocket(Kernel kernel, NamespaceOffer offer) {
        this.kernel = kernel;
        this.files = new HostFiles(kernel);
        this.offer = offer;
        this.listener = NamespaceStream.socket(kernel);
        try {
            if (!offer.isAbstract()) {
                removeStale();
            }
            bind();
            long result = kernel.call(Call.LISTEN, listener.number(), BACKLOG);
            Kernel.check(result, Call.LISTEN, offer.address());
        } catch (SyscallException e) {
            close();
            throw e;
        }
    }

    /** What an emperor that was killed has left; never what somebody still listens on. */
    private void removeStale() {
        Optional<FileStatus> there = FileStatus.of(kernel, offer.address());
        if (there.isPresent() && there.get().isSocket() && !isAnswered()) {
            files.removeFile(offer.address());
        }
    }

    private boolean isAnswered() {
        try (Fd trial = NamespaceStream.socket(kernel)) {
            long result = NamespaceStream.connect(kernel, trial, offer.address());
            return result != -Errno.ECONNREFUSED.number();
        }
    }

    /** The file has its mode from birth, but for what the umask takes; then it is narrower until it has its owner. */
    private void bind() {
        kernel.call(Call.FCHMOD, listener.number(), offer.mode());
        Memory address = kernel.struct();
        int length = new UnixAddress(offer.address()).write(address);
        long result = kernel.call(Call.BIND, listener.number(), address.address(), length);
        Kernel.check(result, Call.BIND, offer.address());
        if (!offer.isAbstract()) {
            own();
        }
    }

    private void own() {
        int noFollow = kernel.arch() == Arch.X86_64 ? 0x20000 : 0x8000;
        try (Fd file = files.open(offer.address(), HostFiles.PATH_ONLY | noFollow)) {
            bound = FileStatus.of(kernel, file).filter(FileStatus::isSocket);
            String here = "/proc/self/fd/" + file.number(); // whatever somebody puts in the path's place meanwhile
            if (bound.isPresent() && (offer.uid() >= 0 || offer.gid() >= 0)) {
                files.changeOwner(here, offer.uid(), offer.gid());
            }
            if (bound.isPresent()) {
                files.changeMode(here, offer.mode());
            }
        }
    }

    public int number() {
        return listener.number();
    }

    /**
     * Takes the next client; one that may not have namespaces is sent away.
     *
     * @return whether anybody was there
     */
    public boolean accept(Consumer<NamespaceStream> served) {
        long result = kernel.call(Call.ACCEPT4, listener.number(), 0, 0, NamespaceStream.FLAGS);
        if (result < 0) {
            pauseUnlessEmpty(-result);
            return false;
        }
        Fd client = new Fd(kernel, (int) result);
        if (!offer.isAbstract() || isTrusted(client)) {
            served.accept(new NamespaceStream(kernel, client));
        } else {
            client.close();
        }
        return true;
    }

    /** Where descriptors are wanting, whoever waits goes on waking this thread, which has nothing better to do than wait. */
    private static void pauseUnlessEmpty(long errno) {
        if (errno == Errno.EMFILE.number() || errno == Errno.ENFILE.number()) {
            LockSupport.parkNanos(WANT.toNanos());
        }
    }

    /** An abstract address has no mode that keeps others away. */
    private boolean isTrusted(Fd client) {
        int uid = NamespaceStream.peer(kernel, client);
        return uid == 0 || (uid > 0 && uid == offer.uid());
    }

    /** Stops listening, and removes the file if it is still this socket's. */
    @Override
    public void close() {
        listener.close();
        if (bound.isPresent() && FileStatus.of(kernel, offer.address()).equals(bound)) {
            files.removeFile(offer.address());
        }
        bound = Optional.empty();
    }
}
