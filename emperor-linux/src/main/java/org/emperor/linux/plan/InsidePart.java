package org.emperor.linux.plan;

import static org.emperor.linux.plan.StepList.ENOENT;
import static org.emperor.linux.plan.StepList.ENOTDIR;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.emperor.jail.Descriptor;
import org.jspecify.annotations.Nullable;

/** The jail from inside: what jail-init does until the main program's process exists. */
final class InsidePart {
    private static final long MS_NOSUID_NODEV_NOEXEC = 2 | 4 | 8;
    private static final long MS_BIND_REC = 4096 | 16384;
    private static final long MS_REC_PRIVATE = 16384 | 1 << 18;
    private static final long MNT_DETACH = 2;
    private static final int PR_SET_CHILD_SUBREAPER = 36;

    private static final int KEYCTL_JOIN_SESSION_KEYRING = 1; // keyctl(2)
    private static final int ENOSYS = 38; // a kernel without keyrings

    private final StepList steps;
    private final JailSettings jail;
    private final HookPart hooks;
    private final MountPart mounts;
    private final boolean resident;
    private final @Nullable IdMaps maps;
    private final @Nullable FileSystemPart files;
    private final @Nullable MappedTrees trees;

    /** @param trees where there are any, the root is one of them */
    InsidePart(
            StepList steps,
            JailSettings jail,
            HookPart hooks,
            boolean resident,
            @Nullable IdMaps maps,
            @Nullable FileSystemPart files,
            @Nullable MappedTrees trees) {
        this.steps = steps;
        this.jail = jail;
        this.hooks = hooks;
        this.mounts = new MountPart(steps);
        this.resident = resident;
        this.maps = maps;
        this.files = files;
        this.trees = trees;
    }

    void buildJail(boolean cgroupJoinedLate, boolean networkReady) {
        if (files != null) {
            files.openSources();
        }
        if (maps != null) {
            new UserPart(maps).enter(steps);
        }
        if (jail.preset().ownKeyring()) {
            steps.attempt(
                    "join a session keyring of its own",
                    List.of(ENOSYS),
                    Call.KEYCTL,
                    Argument.constant(KEYCTL_JOIN_SESSION_KEYRING, "KEYCTL_JOIN_SESSION_KEYRING"),
                    Argument.none());
        }
        if (cgroupJoinedLate && jail.has(Namespace.CGROUP)) {
            steps.call("make a cgroup namespace", Call.UNSHARE, namespaceFlag(Namespace.CGROUP));
        }
        if (resident && !jail.has(Namespace.PID)) {
            steps.call(
                    "become the reaper of the jail's orphans",
                    Call.PRCTL,
                    Argument.constant(PR_SET_CHILD_SUBREAPER, "PR_SET_CHILD_SUBREAPER"),
                    Argument.number(1));
        }
        if (networkReady) {
            steps.call(
                    "join a network namespace made ahead",
                    Call.SETNS,
                    Argument.received(Descriptor.NETWORK, "network"),
                    namespaceFlag(Namespace.NET));
        }
        jail.hostname().ifPresent(this::setHostname);
        if (jail.has(Namespace.NET) && !networkReady) {
            raiseLoopback();
        }
        if (jail.has(Namespace.FS)) {
            // Never rely on the host's default: systemd makes / shared, and every mount here would show outside.
            mounts.mount("make all mounts private", "", "/", "", MS_REC_PRIVATE, "");
        }
        if (trees != null) {
            String root = jail.newRoot().orElseThrow();
            trees.mount(steps, root, root);
        }
        hooks.prepare();
        hooks.run(HookPhase.AS_VASSAL);
        hooks.run(HookPhase.ASAP);
        hooks.run(HookPhase.PRE_JAIL);
        hooks.run(HookPhase.POST_JAIL);
        if (files != null) {
            files.prepare();
        }
        jail.namespaceRoot().ifPresent(this::enterNamespaceRoot);
        hooks.run(HookPhase.IN_JAIL);
        jail.chroot().ifPresent(this::changeRoot);
        jail.pivotRoot().ifPresent(this::pivot);
        if (!staysInNamespaceRoot()) {
            mountProc();
        }
        hooks.run(HookPhase.AS_ROOT);
        if (files != null) {
            files.assemble();
        }
    }

    private void setHostname(String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        steps.call("set host name " + name, Call.SETHOSTNAME, Argument.path(name), Argument.number(length));
    }

    private void raiseLoopback() {
        int socket = steps.call(
                "open a socket to raise lo",
                Call.SOCKET,
                Argument.constant(Loopback.AF_INET, "AF_INET"),
                Argument.constant(Loopback.SOCK_DGRAM_CLOEXEC, "SOCK_DGRAM|SOCK_CLOEXEC"),
                Argument.number(0));
        steps.call(
                "raise interface lo",
                Call.IOCTL,
                Argument.result(socket, "socket"),
                Argument.constant(Loopback.SIOCSIFFLAGS, "SIOCSIFFLAGS"),
                Argument.bytes("{ifr_name=\"lo\", ifr_flags=IFF_UP|IFF_RUNNING}", Loopback.request()));
        steps.call("close the socket", Call.CLOSE, Argument.result(socket, "socket"));
    }

    /**
     * uWSGI's namespace option without its temporary directories: the old root is stacked on the new one and detached. Only
     * after /proc is mounted: in a user namespace the kernel allows that only while another one can be seen whole.
     */
    private void enterNamespaceRoot(String root) {
        if (!root.equals("/")) {
            if (trees == null) {
                mounts.mount("bind " + root + " on itself", root, root, "", MS_BIND_REC, "");
            }
            steps.call("enter " + root, Call.CHDIR, Argument.path(root));
            steps.call("make " + root + " the root", Call.PIVOT_ROOT, Argument.path("."), Argument.path("."));
        }
        if (staysInNamespaceRoot()) {
            mountProc();
        }
        if (!root.equals("/")) {
            steps.call(
                    "detach the old root",
                    Call.UMOUNT2,
                    Argument.path("."),
                    Argument.constant(MNT_DETACH, "MNT_DETACH"));
        }
        steps.call("enter /", Call.CHDIR, Argument.path("/"));
    }

    private boolean staysInNamespaceRoot() {
        return jail.namespaceRoot().isPresent()
                && jail.chroot().isEmpty()
                && jail.pivotRoot().isEmpty();
    }

    private void changeRoot(String root) {
        if (files != null) { // which sets the flags of the root, and for that it has to be a mount
            mounts.mount("bind " + root + " on itself", root, root, "", MS_BIND_REC, "");
        }
        steps.call("change root to " + root, Call.CHROOT, Argument.path(root));
        steps.call("enter /", Call.CHDIR, Argument.path("/"));
    }

    private void pivot(JailSettings.PivotRoot roots) {
        steps.call("enter " + roots.fresh(), Call.CHDIR, Argument.path(roots.fresh()));
        steps.call(
                "make " + roots.fresh() + " the root", Call.PIVOT_ROOT, Argument.path("."), Argument.path(roots.old()));
        steps.call("enter /", Call.CHDIR, Argument.path("/"));
    }

    /** A proc mounted before the PID namespace was entered shows the wrong processes. A bare root may lack /proc. */
    private void mountProc() {
        if (!jail.has(Namespace.FS) || !jail.has(Namespace.PID) || jail.hooks().mountsProc() || files != null) {
            return;
        }
        Argument[] arguments = MountPart.arguments("proc", "/proc", "proc", MS_NOSUID_NODEV_NOEXEC, "");
        boolean mayLack = jail.hasOwnRoot() && jail.namespaceRoot().isEmpty();
        if (mayLack) {
            steps.attempt("mount proc on /proc", List.of(ENOENT, ENOTDIR), Call.MOUNT, arguments);
        } else {
            steps.call("mount proc on /proc", Call.MOUNT, arguments);
        }
    }

    private static Argument namespaceFlag(Namespace namespace) {
        return Argument.constant(namespace.flag(), Namespace.text(EnumSet.of(namespace)));
    }
}
