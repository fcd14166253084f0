package org.emperor.linux.plan;

import java.util.EnumSet;
import org.emperor.jail.Descriptor;
import org.emperor.linux.plan.UnshareSettings.Refork;
import org.jspecify.annotations.Nullable;

/** The jail from inside: what jail-init does until the main program's process exists. */
final class InsidePart {

    private final StepList steps;
    private final JailSettings jail;
    private final HookPart hooks;
    private final UnsharePart namespaces;
    private final RootPart roots;
    private final boolean resident;
    private final @Nullable IdMaps maps;
    private final @Nullable FileSystemPart files;
    private final MappedTrees trees;

    /** @param trees of which the root is one if its file wants that */
    InsidePart(
            StepList steps,
            JailSettings jail,
            HookPart hooks,
            boolean resident,
            @Nullable IdMaps maps,
            @Nullable FileSystemPart files,
            MappedTrees trees) {
        this.steps = steps;
        this.jail = jail;
        this.hooks = hooks;
        this.namespaces = new UnsharePart(steps, jail);
        this.roots = new RootPart(steps, jail, jail.users().mapsRoot(), files != null);
        this.resident = resident;
        this.maps = maps;
        this.files = files;
        this.trees = trees;
    }

    void buildJail(boolean cgroupJoinedLate, boolean networkReady) {
        takeUp(cgroupJoinedLate, networkReady);
        namespaces.furnish(jail.namespaces(), networkReady);
        if (jail.has(Namespace.FS)) {
            mountTree();
        }
        hooks.prepare();
        hooks.run(HookPhase.AS_VASSAL);
        hooks.run(HookPhase.ASAP);
        hooks.run(HookPhase.PRE_JAIL);
        namespaces.unshareEarly();
        if (!jail.has(Namespace.FS)) {
            mountTree();
        }
        hooks.run(HookPhase.POST_JAIL);
        namespaces.refork(Refork.POST_JAIL);
        if (files != null) {
            files.prepare();
        }
        roots.enterNamespace();
        hooks.run(HookPhase.IN_JAIL);
        roots.change();
        namespaces.unshareLate();
        namespaces.refork(Refork.AS_ROOT);
        boolean last = jail.unshare().has(Namespace.PID) && jail.unshare().refork() == Refork.LAST;
        if (!last) {
            roots.mountLateProc();
        }
        hooks.run(HookPhase.AS_ROOT);
        if (last) {
            namespaces.refork(Refork.LAST);
            roots.mountLateProc();
        }
        if (files != null) {
            files.assemble();
        }
    }

    private void mountTree() {
        if (jail.users().mapsRoot()) {
            String root = jail.newRoot().orElseThrow();
            trees.mount(steps, root, root);
        }
    }

    /** Into what the clone and the emperor have made. */
    private void takeUp(boolean cgroupJoinedLate, boolean networkReady) {
        if (files != null) {
            files.openSources();
        }
        if (maps != null) {
            new UserPart(maps).enter(steps);
        }
        if (jail.preset().ownKeyring()) {
            new Keyring(steps).joinOwn();
        }
        if (cgroupJoinedLate && jail.has(Namespace.CGROUP)) {
            steps.call("make a cgroup namespace", Call.UNSHARE, namespaceFlag(Namespace.CGROUP));
        }
        if (resident && !jail.has(Namespace.PID)) {
            new ProgramCalls(steps)
                    .set(
                            "become the reaper of the jail's orphans",
                            ProgramCalls.PR_SET_CHILD_SUBREAPER,
                            "PR_SET_CHILD_SUBREAPER");
        }
        if (networkReady) {
            steps.call(
                    "join a network namespace made ahead",
                    Call.SETNS,
                    Argument.received(Descriptor.NETWORK, "network"),
                    namespaceFlag(Namespace.NET));
        }
    }

    private static Argument namespaceFlag(Namespace namespace) {
        return Argument.constant(namespace.flag(), Namespace.text(EnumSet.of(namespace)));
    }
}
