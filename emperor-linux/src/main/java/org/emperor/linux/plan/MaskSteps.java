package org.emperor.linux.plan;

import static org.emperor.linux.plan.MountAttribute.NODEV;
import static org.emperor.linux.plan.MountAttribute.NOEXEC;
import static org.emperor.linux.plan.MountAttribute.NOSUID;
import static org.emperor.linux.plan.MountAttribute.RDONLY;
import static org.emperor.linux.plan.MountSteps.IF_HELD;
import static org.emperor.linux.plan.MountSteps.MUST;
import static org.emperor.linux.plan.StepList.ENOTDIR;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Covers things by something empty: clones of one directory and one file in a file system of their own, because each new
 * one costs the kernel more than a clone. Not /dev/null, which in a root of the tenant's may be something else
 * (CVE-2025-31133).
 */
final class MaskSteps {
    private static final List<Integer> IF_ALIKE = List.of(22); // EINVAL: a directory takes no file
    private static final String DIRECTORY = "directory";
    private static final String FILE = "file";
    private static final String TAKEN = "taken";

    private final MountSteps mounts;
    private final Held empty;
    private final boolean isOverRoot;

    /**
     * @param isOverRoot whether it is over the root until {@link #done}, in nobody's way, for before 6.15 only what is
     *     attached can be cloned; if not, it has to be attached with {@link #coverAt}
     * @param lookup whose files are in the same file system, if there are any: a new one costs more
     */
    MaskSteps(MountSteps mounts, boolean isOverRoot, @Nullable LookupPart lookup) {
        this.mounts = mounts;
        this.isOverRoot = isOverRoot;
        this.empty = mounts.fresh("tmpfs")
                .with("size", lookup == null ? "4k" : "1m")
                .with("nr_inodes", lookup == null ? "4" : "6")
                .mount(NOSUID, NODEV, NOEXEC)
                .as("mask");
        mounts.directory(empty.argument(), DIRECTORY, 0555, MUST);
        mounts.file(empty.argument(), FILE, 0444, MUST);
        if (isOverRoot) {
            mounts.directory(empty.argument(), TAKEN, 0, MUST);
        }
        if (lookup != null) {
            lookup.write(empty);
        }
        mounts.restrict(empty, MUST, RDONLY);
        if (isOverRoot) {
            mounts.attach(empty, mounts.open("/", MUST), MUST);
        }
    }

    /** Attaches it where something else will cover it for good: to detach it the kernel would wait for all processors. */
    void coverAt(Held place) {
        mounts.attach(empty, place, MUST);
    }

    Held tree() {
        return empty;
    }

    boolean isOverRoot() {
        return isOverRoot;
    }

    /**
     * Takes what is mounted there out of the jail, as {@link MountSteps#detach}, but with all else in {@link #done}: the
     * kernel waits once for everything that is detached together (namespace_unlock, fs/namespace.c).
     */
    void take(String path) {
        mounts.move(path, empty, TAKEN);
    }

    void enter() {
        mounts.enter(empty);
    }

    /** By name, in a file system of the kernel's on a place that no link leads to; a name that is not there costs little. */
    void file(String path) {
        mounts.cover(path, FILE);
    }

    void directory(String path) {
        mounts.cover(path, DIRECTORY);
    }

    /** What the path names is a directory, or it is none and takes a file. */
    void path(String path) {
        mounts.attach(mounts.clone(empty, DIRECTORY, MUST), mounts.open(path + "/.", List.of(ENOTDIR)), IF_HELD);
        mounts.attach(mounts.clone(empty, FILE, MUST), mounts.open(path, MUST), IF_ALIKE);
    }

    void done() {
        if (isOverRoot) {
            mounts.detachHere("mask");
        }
    }
}
