package org.emperor.linux.sys;

import java.nio.charset.StandardCharsets;
import org.emperor.linux.plan.Call;

/** Files and directories of the host, by absolute paths that the emperor itself made up. */
public final class HostFiles {
    public static final int READ = 0;
    public static final int WRITE = 1;
    public static final int READ_WRITE = 2;
    public static final int NON_BLOCK = 0x800;
    static final int PATH_ONLY = 0x200000; // O_PATH
    private static final int CREATE_NEW = 0x40 | 0x80;
    private static final int CLOSE_ON_EXEC = 0x80000;
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

    /** Makes a new file and opens it for writing. */
    public Fd create(String path, int mode) {
        int flags = WRITE | CREATE_NEW | CLOSE_ON_EXEC;
        return opened(path, kernel.call(Call.OPENAT, HERE, kernel.path(path), flags, mode));
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

    /** What one read gives of a small file. */
    public String read(String path) {
        try (Fd fd = open(path, READ)) {
            return read(fd, path);
        }
    }

    /** The text of a kernel file that may be longer than one read gives. */
    public String readWhole(String path) {
        StringBuilder text = new StringBuilder();
        try (Fd fd = open(path, READ)) {
            for (String part = read(fd, path); !part.isEmpty(); part = read(fd, path)) {
                text.append(part);
            }
        }
        return text.toString();
    }

    /** One read of at most 4 KiB. */
    public String read(Fd fd, String path) {
        Memory buffer = kernel.struct();
        long length = kernel.call(Call.READ, fd.number(), buffer.address(), buffer.length());
        byte[] bytes = new byte[(int) Kernel.check(length, Call.READ, path)];
        buffer.bytes().get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
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
}
