package org.emperor.linux.plan;

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
        Optional<CgroupSettings> cgroups) {

    /** {@code old} is relative to the new root, as pivot_root(2) sees it after chdir. */
    record PivotRoot(String fresh, String old) {}

    JailSettings {
        namespaces = Set.copyOf(namespaces);
    }

    boolean has(Namespace namespace) {
        return namespaces.contains(namespace);
    }

    boolean hasOwnRoot() {
        return namespaceRoot.isPresent() || pivotRoot.isPresent() || chroot.isPresent();
    }
}
