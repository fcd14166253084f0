package org.emperor.linux;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.linux.plan.NamespaceOffer;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.NamespaceSocket;
import org.emperor.linux.sys.NamespaceStream;
import org.emperor.linux.sys.SyscallException;

/** One vassal's namespaces for whoever connects, from before its jail is built until it is dismantled. */
final class OfferedNamespaces implements AutoCloseable {
    private static final int CLIENTS_AT_ONCE = 16;

    private final HostFiles files;
    private final NamespaceOffer offer;
    private final NamespaceSocket socket;
    private final List<Fd> preopened = new ArrayList<>();
    private Optional<Fd> directory = Optional.empty();

    OfferedNamespaces(HostFiles files, NamespaceOffer offer, NamespaceSocket socket) {
        this.files = files;
        this.offer = offer;
        this.socket = socket;
    }

    int number() {
        return socket.number();
    }

    /**
     * The jail stands.
     *
     * @param namespaces the directory {@code /proc/PID/ns} of its jail-init; nothing is found in it once that has ended
     */
    void begin(Fd namespaces) {
        directory = Optional.of(namespaces);
        if (offer.preopened()) {
            preopened.addAll(open());
        }
    }

    /** Serves those who wait, but not so many that others had to. */
    void serve() {
        int served = 0;
        while (served < CLIENTS_AT_ONCE && socket.accept(this::serve)) {
            served++;
        }
    }

    private void serve(NamespaceStream client) {
        try (client) {
            send(client);
        }
    }

    /** Whoever cannot be given all of them is given none, and hung up on. */
    private void send(NamespaceStream stream) {
        List<Fd> namespaces = preopened.isEmpty() ? open() : preopened;
        if (!namespaces.isEmpty()) {
            stream.send(namespaces);
        }
        if (preopened.isEmpty()) {
            namespaces.forEach(Fd::close);
        }
    }

    private List<Fd> open() {
        List<Fd> namespaces = new ArrayList<>();
        String path = "/proc/self/fd/" + directory.orElseThrow().number();
        String[] names = new File(path).list();
        try {
            for (String name : offer.given(List.of(names == null ? new String[0] : names))) {
                namespaces.add(files.open(path + "/" + name, HostFiles.READ));
            }
        } catch (SyscallException gone) {
            namespaces.forEach(Fd::close);
            namespaces.clear();
        }
        return namespaces;
    }

    @Override
    public void close() {
        socket.close();
        directory.ifPresent(Fd::close);
        preopened.forEach(Fd::close);
    }
}
