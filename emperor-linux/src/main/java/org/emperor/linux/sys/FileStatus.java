package org.emperor.linux.sys;

import java.util.Optional;
import org.emperor.linux.plan.Call;

/** What tells one file from another, whatever its mode is (statx(2), which is the same on all machines). */
record FileStatus(int type, long inode, long device) {
    private static final int HERE = -100; // AT_FDCWD
    private static final int NO_FOLLOW = 0x100; // AT_SYMLINK_NOFOLLOW
    private static final int EMPTY_PATH = 0x1000; // AT_EMPTY_PATH
    private static final int BASIC = 0x7ff; // STATX_BASIC_STATS
    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    /** Of what is at the path, be it a link; empty if there is nothing. */
    static Optional<FileStatus> of(Kernel kernel, String path) {
        return of(kernel, HERE, path, NO_FOLLOW);
    }

    static Optional<FileStatus> of(Kernel kernel, Fd file) {
        return of(kernel, file.number(), "", EMPTY_PATH);
    }

    private static Optional<FileStatus> of(Kernel kernel, int directory, String path, int flags) {
        Memory block = kernel.struct();
        long result = kernel.call(Call.STATX, directory, kernel.path(path), flags, BASIC, block.address(), 0);
        if (result < 0) {
            return Optional.empty();
        }
        return Optional.of(new FileStatus(
                block.bytes().getShort(28) & TYPE,
                block.bytes().getLong(32),
                block.bytes().getLong(136)));
    }

    boolean isSocket() {
        return type == SOCKET;
    }
}
