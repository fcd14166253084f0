package org.emperor.linux.plan;

import static org.emperor.linux.plan.StepList.ENOENT;
import static org.emperor.linux.plan.StepList.ENOTDIR;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.emperor.jail.Descriptor;

/** The jail from inside: what jail-init does until the main program's process exists. */
final class InsidePart {
    private static final long MS_NOSUID_NODEV_NOEXEC = 2 | 4 | 8;
    private static final long MS_BIND_REC = 4096 | 16384;
    private static final long MS_REC_PRIVATE = 16384 | 1 << 18;
    private static final long MNT_FORCE = 1;
    private static final long MNT_DETACH = 2;
    private static final int PR_SET_CHILD_SUBREAPER = 36;

    private final StepList steps;
    private final JailSettings jail;
    private final boolean resident;

    InsidePart(StepList steps, JailSettings jail, boolean resident) {
        this.steps = steps;
        this.jail = jail;
        this.resident = resident;
    }

    void buildJail(boolean cgroupJoinedLate, boolean networkReady) {
        if (jail.has(Namespace.USER)) {
            becomeMappedRoot(steps);
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
            mount("make all mounts private", "", "/", "", MS_REC_PRIVATE, "");
        }
        jail.postJail().forEach(this::run);
        jail.namespaceRoot().ifPresent(this::enterNamespaceRoot);
        jail.inJail().forEach(this::run);
        jail.chroot().ifPresent(this::changeRoot);
        jail.pivotRoot().ifPresent(this::pivot);
        if (!staysInNamespaceRoot()) {
            mountProc();
        }
        jail.asRoot().forEach(this::run);
    }

    /** The maps are written by now; until this, the process has the overflow ids and could own nothing it makes. */
    static void becomeMappedRoot(StepList steps) {
        Argument zero = Argument.number(0);
        steps.call("become group 0 of the user namespace", Call.SETRESGID, zero, zero, zero);
        steps.call("drop the emperor's groups", Call.SETGROUPS, zero, Argument.none());
        steps.call("become user 0 of the user namespace", Call.SETRESUID, zero, zero, zero);
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

    private void run(HookAction action) {
        if (action instanceof HookAction.Mount mount) {
            String what = mount.source().isEmpty() ? mount.type() : mount.source();
            mount(
                    "mount " + what + " on " + mount.target(),
                    mount.source(),
                    mount.target(),
                    mount.type(),
                    mount.flags(),
                    mount.data());
        } else if (action instanceof HookAction.Unmount unmount) {
            unmount(unmount);
        }
    }

    private void unmount(HookAction.Unmount unmount) {
        long flags = (unmount.force() ? MNT_FORCE : 0) | (unmount.detach() ? MNT_DETACH : 0);
        String text = (unmount.force() ? "MNT_FORCE|" : "") + (unmount.detach() ? "MNT_DETACH|" : "");
        steps.call(
                "unmount " + unmount.target(),
                Call.UMOUNT2,
                Argument.path(unmount.target()),
                Argument.constant(flags, text.isEmpty() ? "0" : text.substring(0, text.length() - 1)));
    }

    /**
     * uWSGI's namespace option without its temporary directories: the old root is stacked on the new one and detached. Only
     * after /proc is mounted: in a user namespace the kernel allows that only while another one can be seen whole.
     */
    private void enterNamespaceRoot(String root) {
        if (!root.equals("/")) {
            mount("bind " + root + " on itself", root, root, "", MS_BIND_REC, "");
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
        if (!jail.has(Namespace.FS) || !jail.has(Namespace.PID) || jail.mountsProc()) {
            return;
        }
        Argument[] arguments = mountArguments("proc", "/proc", "proc", MS_NOSUID_NODEV_NOEXEC, "");
        boolean mayLack = jail.hasOwnRoot() && jail.namespaceRoot().isEmpty();
        if (mayLack) {
            steps.attempt("mount proc on /proc", List.of(ENOENT, ENOTDIR), Call.MOUNT, arguments);
        } else {
            steps.call("mount proc on /proc", Call.MOUNT, arguments);
        }
    }

    private void mount(String object, String source, String target, String type, long flags, String data) {
        steps.call(object, Call.MOUNT, mountArguments(source, target, type, flags, data));
    }

    private static Argument[] mountArguments(String source, String target, String type, long flags, String data) {
        return new Argument[] {
            Argument.pathOrNone(source),
            Argument.path(target),
            Argument.pathOrNone(type),
            Argument.constant(flags, MountFlag.text(flags)),
            Argument.pathOrNone(data)
        };
    }

    private static Argument namespaceFlag(Namespace namespace) {
        return Argument.constant(namespace.flag(), Namespace.text(EnumSet.of(namespace)));
    }
}
