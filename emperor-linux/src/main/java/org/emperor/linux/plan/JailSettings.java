package org.emperor.linux.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Linux part of a vassal file, understood.
 *
 * @param namespaces those that the clone makes
 */
record JailSettings(
        Set<Namespace> namespaces,
        Optional<String> hostname,
        Optional<String> namespaceRoot,
        List<KeptMount> keptMounts,
        Optional<PivotRoot> pivotRoot,
        Optional<String> chroot,
        UnshareSettings unshare,
        HookSettings hooks,
        ProcessSettings process,
        UserSettings users,
        FileSystemSettings files,
        Privileges privileges,
        Optional<NetworkSettings> network,
        LookupSettings lookup,
        Optional<CgroupSettings> cgroups,
        SetnsSettings setns) {

    /** {@code old} is relative to the new root, as pivot_root(2) sees it after chdir. */
    record PivotRoot(String fresh, String old) {}

    /** A mount of the host that {@code namespace} leaves where it is, or puts elsewhere. */
    record KeptMount(String source, String target) {}

    JailSettings {
        namespaces = Set.copyOf(namespaces);
        keptMounts = List.copyOf(keptMounts);
    }

    Preset preset() {
        return files.preset();
    }

    /** Without the namespaces that are joined instead of made, by their names in {@code /proc/PID/ns}. */
    JailSettings joining(List<String> joined) {
        if (setns.join().isEmpty()) {
            return this;
        }
        Set<Namespace> made = new HashSet<>(namespaces);
        made.removeIf(namespace -> namespace.isAmong(joined));
        return new JailSettings(
                made,
                hostname,
                namespaceRoot,
                keptMounts,
                pivotRoot,
                chroot,
                unshare,
                hooks,
                process,
                users,
                files,
                privileges,
                network,
                lookup,
                cgroups,
                setns);
    }

    /** Whether the clone makes it. */
    boolean has(Namespace namespace) {
        return namespaces.contains(namespace);
    }

    /** Whether its network is not the host's, whoever makes it. */
    boolean isElsewhere() {
        return owns(Namespace.NET) || setns.join().isPresent();
    }

    /** Whether there is an interface beside lo in its network namespace. */
    boolean isWired() {
        return network.isPresent() && network.get().isWired();
    }

    /** Whether the program is in one of its own, whoever makes it. */
    boolean owns(Namespace namespace) {
        return has(namespace) || unshare.has(namespace);
    }

    /** Whether jail-init comes into a user namespace, which ends its rights over what is not mapped there. */
    boolean entersUserNamespace() {
        return owns(Namespace.USER) || setns.join().isPresent();
    }

    boolean hasOwnRoot() {
        return newRoot().isPresent();
    }

    /** The directory that becomes the root, the first of them if there are several. */
    Optional<String> newRoot() {
        return newRoot(namespaceRoot, pivotRoot, chroot);
    }

    static Optional<String> newRoot(Optional<String> namespace, Optional<PivotRoot> pivot, Optional<String> chroot) {
        if (namespace.isPresent()) {
            return namespace;
        }
        return pivot.isPresent() ? Optional.of(pivot.get().fresh()) : chroot;
    }
}
