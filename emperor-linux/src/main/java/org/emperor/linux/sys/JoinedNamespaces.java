package org.emperor.linux.sys;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.emperor.linux.plan.Call;
import org.emperor.linux.plan.NamespaceFile;

/** Descriptors of namespaces to be joined, one of a kind; those that are this process's own have been left out. */
public final class JoinedNamespaces implements AutoCloseable {
    private static final long NS_GET_NSTYPE = 0xb703; // ioctl_nsfs(2)

    private final Map<NamespaceFile, Fd> byKind = new EnumMap<>(NamespaceFile.class);

    /**
     * Takes over the descriptors. Where two are of one kind the later counts, as it does for who joins one after the other.
     *
     * @throws NamespaceRefusal if one is no namespace
     */
    public static JoinedNamespaces of(Kernel kernel, List<Fd> received) {
        JoinedNamespaces joined = new JoinedNamespaces();
        HostFiles files = new HostFiles(kernel);
        boolean all = true;
        for (Fd fd : received) {
            long type = kernel.call(Call.IOCTL, fd.number(), NS_GET_NSTYPE);
            NamespaceFile kind = NamespaceFile.ofFlag(type).orElse(null);
            all &= kind != null;
            Fd replaced = kind == null ? fd : joined.byKind.put(kind, fd);
            if (replaced != null) {
                replaced.close();
            }
        }
        if (!all) {
            joined.close();
            throw new NamespaceRefusal("gave a descriptor that is no namespace");
        }
        try {
            joined.dropOwn(files);
        } catch (SyscallException e) {
            joined.close();
            throw e;
        }
        return joined;
    }

    /** What the other end shares with us is no other place; and who is in a user namespace cannot join it again (setns(2)). */
    private void dropOwn(HostFiles files) {
        byKind.entrySet().removeIf(entry -> {
            boolean own = files.link("/proc/self/fd/" + entry.getValue().number())
                    .equals(files.link("/proc/self/ns/" + entry.getKey()));
            if (own) {
                entry.getValue().close();
            }
            return own;
        });
    }

    /** In the order in which they can be joined. */
    public List<NamespaceFile> kinds() {
        return List.copyOf(byKind.keySet());
    }

    /** In the same order. */
    public List<Fd> descriptors() {
        return new ArrayList<>(byKind.values());
    }

    @Override
    public void close() {
        byKind.values().forEach(Fd::close);
    }
}
