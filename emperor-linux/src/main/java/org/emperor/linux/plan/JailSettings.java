package org.emperor.linux.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Linux part of a vassal file, understood. */
record JailSettings(
        Set<Namespace> namespaces,
        Optional<String> hostname,
        Optional<String> namespaceRoot,
        Optional<PivotRoot> pivotRoot,
        Optional<String> chroot,
        HookSettings hooks,
        ProcessSettings process,
        UserSettings users,
        FileSystemSettings files,
        Privileges privileges,
        Optional<NetworkSettings> network,
        Optional<CgroupSettings> cgroups,
        SetnsSettings setns) {

    /** {@code old} is relative to the new root, as pivot_root(2) sees it after chdir. */
    record PivotRoot(String fresh, String old) {}

    JailSettings {
        namespaces = Set.copyOf(namespaces);
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
                pivotRoot,
                chroot,
                hooks,
                process,
                users,
                files,
                privileges,
                network,
                cgroups,
                setns);
    }

    boolean has(Namespace namespace) {
        return namespaces.contains(namespace);
    }

    /** Whether there is an interface beside lo in its network namespace. */
    boolean isWired() {
        return network.isPresent() && network.get().isWired();
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
