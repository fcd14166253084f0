package org.emperor.linux.plan;

import static org.emperor.linux.plan.StepList.ENOENT;
import static org.emperor.linux.plan.StepList.ENOTDIR;

import java.util.List;
import org.emperor.linux.plan.JailSettings.KeptMount;

/** Root directories as steps: those of {@code namespace}, {@code chroot} and {@code pivot-root}, and their proc. */
final class RootPart {
    private static final long MS_NOSUID_NODEV_NOEXEC = 2 | 4 | 8;
    private static final long MS_BIND = 4096;
    private static final long MS_BIND_REC = 4096 | 16384;
    private static final int O_PATH_CLOEXEC = 010000000 | 02000000;
    private static final int MNT_DETACH = 2;

    private final StepList steps;
    private final JailSettings jail;
    private final MountPart mounts;
    private final boolean mounted;
    private final boolean assembled;

    /**
     * @param mounted whether the new root is a mount already
     * @param assembled whether the file system is put together afterwards, its proc and the flags of its root too
     */
    RootPart(StepList steps, JailSettings jail, boolean mounted, boolean assembled) {
        this.steps = steps;
        this.jail = jail;
        this.mounted = mounted;
        this.assembled = assembled;
        this.mounts = new MountPart(steps);
    }

    /**
     * uWSGI's namespace option without its temporary directories: the old root is stacked on the new one and detached. Only
     * after /proc is mounted: in a user namespace the kernel allows that only while another one can be seen whole.
     */
    void enterNamespace() {
        jail.namespaceRoot().ifPresent(this::enterNamespace);
    }

    private void enterNamespace(String root) {
        if (root.equals("/")) {
            if (staysInNamespaceRoot()) {
                mountProc();
            }
            steps.call("enter /", Call.CHDIR, Argument.path("/"));
            return;
        }
        int old = jail.keptMounts().isEmpty() ? -1 : openOldRoot();
        if (!mounted) {
            mounts.mount("bind " + root + " on itself", root, root, "", bindFlags(), "");
        }
        steps.call("enter " + root, Call.CHDIR, Argument.path(root));
        steps.call("make " + root + " the root", Call.PIVOT_ROOT, Argument.path("."), Argument.path("."));
        if (staysInNamespaceRoot()) {
            mountProc();
        }
        keepMounts(old);
        steps.call(
                "detach the old root", Call.UMOUNT2, Argument.path("."), Argument.constant(MNT_DETACH, "MNT_DETACH"));
        steps.call("enter /", Call.CHDIR, Argument.path("/"));
    }

    /**
     * What is mounted below stays behind, unless it is kept by name. Not so in a user namespace: there the kernel lets
     * nobody take the tree without them, mount_namespaces(7).
     */
    private long bindFlags() {
        return jail.has(Namespace.USER) ? MS_BIND_REC : MS_BIND;
    }

    private int openOldRoot() {
        Argument flags = Argument.constant(O_PATH_CLOEXEC, "O_PATH|O_CLOEXEC");
        return steps.call("open the old root", Call.OPENAT, Argument.HERE, Argument.path("/"), flags);
    }

    /** Sources as the host has them, targets as the jail does: links in the jail's tree lead nowhere else. */
    private void keepMounts(int old) {
        if (jail.keptMounts().isEmpty()) {
            return;
        }
        steps.call("enter the old root", Call.FCHDIR, Argument.result(old, "old root"));
        for (KeptMount kept : jail.keptMounts()) {
            String object = "keep " + kept.source() + " mounted on " + kept.target();
            mounts.mount(object, kept.source().substring(1), kept.target(), "", MS_BIND, "");
        }
        steps.call("close the old root", Call.CLOSE, Argument.result(old, "old root"));
    }

    void change() {
        jail.chroot().ifPresent(this::changeRoot);
        jail.pivotRoot().ifPresent(this::pivot);
    }

    private void changeRoot(String root) {
        if (assembled) {
            replaceRoot(root);
            return;
        }
        steps.call("change root to " + root, Call.CHROOT, Argument.path(root));
        steps.call("enter /", Call.CHDIR, Argument.path("/"));
    }

    /** Not by chroot(2), which root leaves by a second one: nothing of the host's tree stays above what is read-only. */
    private void replaceRoot(String root) {
        mounts.mount("bind " + root + " on itself", root, root, "", MS_BIND_REC, "");
        steps.call("enter " + root, Call.CHDIR, Argument.path(root));
        steps.call("make " + root + " the root", Call.PIVOT_ROOT, Argument.path("."), Argument.path("."));
        steps.call(
                "detach the old root", Call.UMOUNT2, Argument.path("."), Argument.constant(MNT_DETACH, "MNT_DETACH"));
        steps.call("enter /", Call.CHDIR, Argument.path("/"));
    }

    private void pivot(JailSettings.PivotRoot roots) {
        steps.call("enter " + roots.fresh(), Call.CHDIR, Argument.path(roots.fresh()));
        steps.call(
                "make " + roots.fresh() + " the root", Call.PIVOT_ROOT, Argument.path("."), Argument.path(roots.old()));
        steps.call("enter /", Call.CHDIR, Argument.path("/"));
    }

    /** The proc of a root that is final only now. */
    void mountLateProc() {
        if (!staysInNamespaceRoot()) {
            mountProc();
        }
    }

    private boolean staysInNamespaceRoot() {
        return jail.namespaceRoot().isPresent()
                && jail.chroot().isEmpty()
                && jail.pivotRoot().isEmpty();
    }

    /** A proc mounted before the PID namespace was entered shows the wrong processes. A bare root may lack /proc. */
    private void mountProc() {
        if (!jail.owns(Namespace.FS)
                || !jail.owns(Namespace.PID)
                || jail.hooks().mountsProc()
                || assembled) {
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
}
