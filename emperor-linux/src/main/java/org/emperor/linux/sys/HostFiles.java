package org.emperor.linux.sys;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.emperor.linux.plan.Call;

/** Files and directories of the host, by absolute paths that the emperor itself made up. */
public final class HostFiles {
    public static final int READ = 0;
    public static final int WRITE = 1;
    public static final int READ_WRITE = 2;
    public static final int NON_BLOCK = 0x800;
    public static final int PATH_ONLY = 0x200000; // O_PATH
    private static final int LOCK_EXCLUSIVE_NOW = 2 | 4;
    private static final int CREATE_NEW = 0x40 | 0x80;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int DUPLICATE_CLOSE_ON_EXEC = 1030; // F_DUPFD_CLOEXEC
    private static final int FIRST_OTHER = 3;
    private static final int HERE = -100; // AT_FDCWD
    private static final int REMOVE_DIRECTORY = 0x200;
    private static final int S_IFIFO = 0010000;

    private final Kernel kernel;

    public HostFiles(Kernel kernel) {
        this.kernel = kernel;
    }

    public Fd open(String path, int flags) {
        return opened(path, kernel.call(Call.OPENAT, HERE, kernel.path(path), flags | CLOSE_ON_EXEC, 0));
    }

    /** A descriptor of this process's own, once more: 0, 1 and 2 for the standard ones. */
    public Fd again(int descriptor) {
        long result = kernel.call(Call.FCNTL, descriptor, DUPLICATE_CLOSE_ON_EXEC, FIRST_OTHER);
        return opened("descriptor " + descriptor, result);
    }

    /** Makes a new file of this text. */
    public void create(String path, int mode, String text) {
        int flags = WRITE | CREATE_NEW | CLOSE_ON_EXEC;
        try (Fd fd = opened(path, kernel.call(Call.OPENAT, HERE, kernel.path(path), flags, mode))) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            for (int written = 0; written < utf8.length; ) {
                written += write(fd, path, utf8, written);
            }
        }
    }

    private int write(Fd fd, String path, byte[] bytes, int from) {
        Memory buffer = kernel.struct();
        int length = Math.min(bytes.length - from, buffer.length());
        buffer.bytes().put(0, bytes, from, length);
        return (int) Kernel.check(kernel.call(Call.WRITE, fd.number(), buffer.address(), length), Call.WRITE, path);
    }

    private Fd opened(String path, long result) {
        return new Fd(kernel, (int) Kernel.check(result, Call.OPENAT, path));
    }

    public void makeDirectory(String path, int mode) {
        Kernel.check(kernel.call(Call.MKDIRAT, HERE, kernel.path(path), mode), Call.MKDIRAT, path);
    }

    /** Makes a directory unless it is there. */
    public void keepDirectory(String path, int mode) {
        long result = kernel.call(Call.MKDIRAT, HERE, kernel.path(path), mode);
        if (result != -Errno.EEXIST.number()) {
            Kernel.check(result, Call.MKDIRAT, path);
        }
    }

    public void makeFifo(String path, int mode) {
        Kernel.check(kernel.call(Call.MKNODAT, HERE, kernel.path(path), S_IFIFO | mode, 0), Call.MKNODAT, path);
    }

    public void changeMode(String path, int mode) {
        Kernel.check(kernel.call(Call.FCHMODAT, HERE, kernel.path(path), mode), Call.FCHMODAT, path);
    }

    public void changeOwner(String path, int uid, int gid) {
        long result = kernel.call(Call.FCHOWNAT, HERE, kernel.path(path), uid, gid, 0, 0);
        Kernel.check(result, Call.FCHOWNAT, path);
    }

    /** Writes the text in one call, as kernel files want it. */
    public void write(String path, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        try (Fd fd = open(path, WRITE)) {
            long result = kernel.call(Call.WRITE, fd.number(), kernel.path(text), utf8.length);
            Kernel.check(result, Call.WRITE, path);
        }
    }

    /** Where a link of the kernel leads, as {@code net:[4026531840]}; empty if there is none. */
    public Optional<String> link(String path) {
        Memory buffer = kernel.struct();
        long length = kernel.call(Call.READLINKAT, HERE, kernel.path(path), buffer.address(), buffer.length(), 0, 0);
        if (length < 0) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) length];
        buffer.bytes().get(0, bytes);
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    /** What one read gives of a small file. */
    public String read(String path) {
        try (Fd fd = open(path, READ)) {
            return read(fd, path);
        }
    }

    /** The text of a kernel file that may be longer than one read gives. */
    public String readWhole(String path) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(); // a character may be in two parts
        try (Fd fd = open(path, READ)) {
            for (byte[] part = bytes(fd, path); part.length > 0; part = bytes(fd, path)) {
                whole.writeBytes(part);
            }
        }
        return whole.toString(StandardCharsets.UTF_8);
    }

    /** One read of at most 4 KiB. */
    public String read(Fd fd, String path) {
        return new String(bytes(fd, path), StandardCharsets.UTF_8);
    }

    private byte[] bytes(Fd fd, String path) {
        Memory buffer = kernel.struct();
        long length = kernel.call(Call.READ, fd.number(), buffer.address(), buffer.length());
        byte[] bytes = new byte[(int) Kernel.check(length, Call.READ, path)];
        buffer.bytes().get(0, bytes);
        return bytes;
    }

    /** Removes a file; one that is not there counts as removed. */
    public void removeFile(String path) {
        remove(path, 0);
    }

    /** Removes an empty directory or cgroup; one that is not there counts as removed. */
    public void removeDirectory(String path) {
        remove(path, REMOVE_DIRECTORY);
    }

    private void remove(String path, int flags) {
        long result = kernel.call(Call.UNLINKAT, HERE, kernel.path(path), flags);
        if (result != -Errno.ENOENT.number()) {
            Kernel.check(result, Call.UNLINKAT, path);
        }
    }

    /** Locks the file for as long as the descriptor is open, flock(2); false if somebody else has the lock. */
    public boolean lock(Fd file) {
        return kernel.call(Call.FLOCK, file.number(), LOCK_EXCLUSIVE_NOW) != -Errno.EAGAIN.number();
    }
}
