package org.emperor.linux.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emperor.linux.plan.Call;

/** jail-init as something to execute that no jail can write to, by {@code /proc/1/exe} for instance. */
final class Image {
    private static final int EXECUTE_ONLY = 0111;
    private static final int HERE = -100; // AT_FDCWD
    private static final int CLONE_TREE_CLOSE_ON_EXEC = 1 | 0x80000;
    private static final int EMPTY_PATH = 0x1000;
    private static final int READ_ONLY = 1; // MOUNT_ATTR_RDONLY
    private static final int MOUNT_ATTRIBUTES = 32;

    private Image() {}

    static Fd of(Kernel kernel, Path file) {
        try {
            return sealed(kernel, file);
        } catch (SyscallException e) {
            if (!e.is(Errno.EACCES)) {
                throw e;
            }
            return installed(kernel, file); // vm.memfd_noexec is 2: no memfd can be executed
        }
    }

    /**
     * What may not be read may not be traced by root of the jail's user namespace either: the memory of such an exec belongs
     * to the namespace above (would_dump and __ptrace_may_access in the kernel).
     */
    private static Fd sealed(Kernel kernel, Path file) {
        Fd fd = SealedFile.of(kernel, "jail-init", content(file), SealedFile.EXECUTABLE);
        Kernel.check(kernel.call(Call.FCHMOD, fd.number(), EXECUTE_ONLY), Call.FCHMOD, "jail-init");
        return fd;
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The installed file through a mount of its own that is read-only and nowhere attached; without that right, as it is. */
    private static Fd installed(Kernel kernel, Path file) {
        long tree = kernel.call(Call.OPEN_TREE, HERE, kernel.path(file.toString()), CLONE_TREE_CLOSE_ON_EXEC);
        if (tree < 0) {
            return new HostFiles(kernel).open(file.toString(), HostFiles.PATH_ONLY);
        }
        Fd fd = new Fd(kernel, (int) tree);
        Memory attributes = kernel.struct();
        attributes.bytes().putLong(0, READ_ONLY).putLong(8, 0).putLong(16, 0).putLong(24, 0);
        long result = kernel.call(
                Call.MOUNT_SETATTR,
                fd.number(),
                kernel.path(""),
                EMPTY_PATH,
                attributes.address(),
                MOUNT_ATTRIBUTES,
                0);
        Kernel.check(result, Call.MOUNT_SETATTR, file.toString());
        return fd;
    }
}
