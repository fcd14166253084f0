package org.emperor.linux.plan;

import static org.emperor.linux.plan.MountAttribute.NODEV;
import static org.emperor.linux.plan.MountAttribute.NOEXEC;
import static org.emperor.linux.plan.MountAttribute.NOSUID;
import static org.emperor.linux.plan.MountAttribute.RDONLY;
import static org.emperor.linux.plan.MountSteps.IF_HELD;
import static org.emperor.linux.plan.MountSteps.IF_THERE;
import static org.emperor.linux.plan.MountSteps.MUST;
import static org.emperor.linux.plan.StepList.ENOTDIR;

import java.util.List;

/**
 * Covers things by something empty: clones of one directory and one file in a file system of their own, because each new
 * one costs the kernel more than a clone. Not /dev/null, which in a root of the tenant's may be something else
 * (CVE-2025-31133).
 */
final class MaskSteps {
    private static final List<Integer> IF_ALIKE = List.of(22); // EINVAL: a directory takes no file
    private static final long MS_BIND = 4096;
    private static final String DIRECTORY = "directory";
    private static final String FILE = "file";

    private final StepList steps;
    private final MountSteps mounts;
    private final Held empty;

    /** Until {@link #done} it is over the root, in nobody's way: before 6.15 only what is attached can be cloned. */
    MaskSteps(StepList steps, MountSteps mounts) {
        this.steps = steps;
        this.mounts = mounts;
        this.empty = mounts.fresh("tmpfs")
                .with("size", "4k")
                .with("nr_inodes", "3")
                .mount(NOSUID, NODEV, NOEXEC)
                .as("mask");
        mounts.directory(empty.argument(), DIRECTORY, 0555, MUST);
        mounts.file(empty.argument(), FILE, 0444, MUST);
        mounts.restrict(empty, MUST, RDONLY);
        mounts.attach(empty, mounts.open("/", MUST), MUST);
        steps.call("enter <mask>", Call.FCHDIR, empty.argument());
    }

    /** By name, in a file system of the kernel's on a place that no link leads to; a name that is not there costs little. */
    void file(String path) {
        bind(FILE, path);
    }

    void directory(String path) {
        bind(DIRECTORY, path);
    }

    private void bind(String what, String path) {
        steps.attempt(
                "mask " + path,
                IF_THERE,
                Call.MOUNT,
                Argument.path(what),
                Argument.path(path),
                Argument.none(),
                Argument.constant(MS_BIND, "MS_BIND"),
                Argument.none());
    }

    /** What the path names is a directory, or it is none and takes a file. */
    void path(String path) {
        mounts.attach(mounts.clone(empty, DIRECTORY, MUST), mounts.open(path + "/.", List.of(ENOTDIR)), IF_HELD);
        mounts.attach(mounts.clone(empty, FILE, MUST), mounts.open(path, MUST), IF_ALIKE);
    }

    void done() {
        mounts.detachHere("mask");
    }
}
