package org.emperor.linux;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.linux.sys.Epoll;
import org.emperor.linux.sys.Errno;
import org.emperor.linux.sys.Fd;
import org.emperor.linux.sys.HostFiles;
import org.emperor.linux.sys.SyscallException;

/**
 * Waits for cgroups to become empty, by the kernel's notes on {@code cgroup.events}. Without them the loop's deadline asks
 * again, only later.
 */
final class LeafNotes {
    private static final int MOST_EMPTY_YET_BUSY = 3;

    private final HostFiles files;
    private final Epoll epoll;
    private final Map<Integer, Launch> byDescriptor = new HashMap<>();

    LeafNotes(HostFiles files, Epoll epoll) {
        this.files = files;
        this.epoll = epoll;
    }

    /**
     * Watches a leaf that was found busy. The read arms the notes: whatever changes after it is told.
     *
     * @return whether it has become empty since, so that removing it is worth another try at once; what stays busy though
     *     empty is left to the loop's deadline
     */
    boolean watch(Launch launch, String leaf) {
        if (launch.notes != null) {
            return false;
        }
        String file = leaf + "/cgroup.events";
        try {
            Fd notes = files.open(file, HostFiles.READ);
            launch.notes = notes;
            if (files.read(notes, file).contains("populated 0")) {
                forget(launch);
                return ++launch.emptyYetBusy <= MOST_EMPTY_YET_BUSY;
            }
            byDescriptor.put(notes.number(), launch);
            epoll.addNotes(notes.number());
        } catch (SyscallException e) {
            forget(launch);
            if (!e.is(Errno.ENOENT) && !e.is(Errno.ENODEV)) {
                throw e;
            }
        }
        return false;
    }

    /** Whose leaf this descriptor tells of; it tells once. */
    Optional<Launch> told(int descriptor) {
        Optional<Launch> launch = Optional.ofNullable(byDescriptor.get(descriptor));
        launch.ifPresent(this::forget);
        return launch;
    }

    void forget(Launch launch) {
        Fd notes = launch.notes;
        if (notes != null) {
            byDescriptor.remove(notes.number());
            notes.close();
            launch.notes = null;
        }
    }

    void close() {
        List.copyOf(byDescriptor.values()).forEach(this::forget);
    }
}
