package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/**
 * A detached copy of a directory tree, or of a file, in which the ids on disk are those inside a user namespace, by mount_setattr(2) (since
 * 5.12). Symbolic links are not followed, also not on the way: who may change the way could else have the whole host
 * mapped.
 */
public final class MappedTree {
    private static final int HERE = -100; // AT_FDCWD
    private static final int PATH_CLOSE_ON_EXEC = 0x200000 | 0x80000;
    private static final int NO_MAGIC_LINKS_NO_SYMLINKS = 2 | 4; // openat2(2), RESOLVE_
    private static final int HOW = 24;
    private static final int EMPTY_PATH_RECURSIVE = 0x1000 | 0x8000; // AT_
    private static final int CLONE_CLOSE_ON_EXEC = 1 | 0x80000; // OPEN_TREE_
    private static final int IDMAP = 0x100000; // MOUNT_ATTR_
    private static final int ATTRIBUTES = 32;

    private MappedTree() {}

    /** @param namespace a file of the user namespace, {@code /proc/PID/ns/user} */
    public static Fd of(Kernel kernel, String path, String namespace) {
        Fd tree = copy(kernel, path);
        try (Fd user = new HostFiles(kernel).open(namespace, HostFiles.READ)) {
            Memory attributes = kernel.struct();
            attributes.bytes().putLong(0, IDMAP).putLong(8, 0).putLong(16, 0).putLong(24, user.number());
            long result = kernel.call(
                    Call.MOUNT_SETATTR,
                    tree.number(),
                    kernel.path(""),
                    EMPTY_PATH_RECURSIVE,
                    attributes.address(),
                    ATTRIBUTES,
                    0);
            Kernel.check(result, Call.MOUNT_SETATTR, path);
            return tree;
        } catch (RuntimeException e) {
            tree.close();
            throw e;
        }
    }

    private static Fd copy(Kernel kernel, String path) {
        try (Fd found = find(kernel, path)) {
            int flags = EMPTY_PATH_RECURSIVE | CLONE_CLOSE_ON_EXEC;
            long result = kernel.call(Call.OPEN_TREE, found.number(), kernel.path(""), flags);
            return new Fd(kernel, (int) Kernel.check(result, Call.OPEN_TREE, path));
        }
    }

    private static Fd find(Kernel kernel, String path) {
        Memory how = kernel.struct();
        how.bytes().putLong(0, PATH_CLOSE_ON_EXEC).putLong(8, 0).putLong(16, NO_MAGIC_LINKS_NO_SYMLINKS);
        long result = kernel.call(Call.OPENAT2, HERE, kernel.path(path), how.address(), HOW);
        return new Fd(kernel, (int) Kernel.check(result, Call.OPENAT2, path));
    }
}
