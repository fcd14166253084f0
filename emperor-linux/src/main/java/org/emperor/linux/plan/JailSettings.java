package org.emperor.linux.plan;

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
        List<HookAction> postJail,
        List<HookAction> inJail,
        List<HookAction> asRoot,
        ProcessSettings process,
        SetnsSettings setns) {

    /** {@code old} is relative to the new root, as pivot_root(2) sees it after chdir. */
    record PivotRoot(String fresh, String old) {}

    JailSettings {
        namespaces = Set.copyOf(namespaces);
        postJail = List.copyOf(postJail);
        inJail = List.copyOf(inJail);
        asRoot = List.copyOf(asRoot);
    }

    boolean has(Namespace namespace) {
        return namespaces.contains(namespace);
    }

    boolean hasOwnRoot() {
        return namespaceRoot.isPresent() || pivotRoot.isPresent() || chroot.isPresent();
    }

    /** Whether one of the file's own hooks mounts the {@code /proc} that the program will see. */
    boolean mountsProc() {
        return java.util.stream.Stream.of(postJail, inJail, asRoot)
                .flatMap(List::stream)
                .anyMatch(action -> action instanceof HookAction.Mount mount
                        && mount.type().equals("proc")
                        && mount.target().equals("/proc"));
    }
}
