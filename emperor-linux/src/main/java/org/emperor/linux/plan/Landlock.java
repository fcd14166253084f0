package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What Landlock leaves a program of the files, ports and processes that it could reach otherwise (landlock(7)).
 *
 * @param paths what may be read or written; nothing about files is restricted where there is none
 * @param ports what TCP may do, by {@link #BIND} and {@link #CONNECT}
 * @param onlyPorts which of the two are restricted to {@code ports}
 * @param scopes what stays within the program and its children, by {@link #ABSTRACT_SOCKETS} and {@link #SIGNALS}
 * @param usualScopes the same, as far as the kernel can
 */
record Landlock(List<PathRule> paths, List<PortRule> ports, long onlyPorts, long scopes, long usualScopes) {
    static final long BIND = 1;
    static final long CONNECT = 2;
    static final long ABSTRACT_SOCKETS = 1;
    static final long SIGNALS = 2;

    /** The versions that brought them: Linux 6.7, 6.12; the first kept neither truncate(2) (6.2) nor ioctl(2) (6.10). */
    static final int PORTS_SINCE = 4;

    static final int SCOPES_SINCE = 6;
    private static final int MOVING_SINCE = 2;
    private static final int TRUNCATING_SINCE = 3;
    private static final int DEVICES_SINCE = 5;

    private static final long EXECUTE = 1;
    private static final long WRITE_FILE = 1 << 1;
    private static final long READ_FILE = 1 << 2;
    private static final long READ_DIRECTORY = 1 << 3;
    private static final long MAKE_CHARACTER_DEVICE = 1 << 6;
    private static final long MAKE_BLOCK_DEVICE = 1 << 11;
    private static final long FIRST = (1 << 13) - 1;
    private static final long MOVE = 1 << 13;
    private static final long TRUNCATE = 1 << 14;
    private static final long DEVICE = 1 << 15;

    /** What is usually needed beside reading: the rest of what a program has is its own. */
    private static final List<String> USUALLY_WRITTEN = List.of("/tmp", "/var/tmp", "/run", "/dev", "/proc");

    /** @param mayLack whether it is no failure if the jail has nothing there */
    record PathRule(String path, boolean writes, boolean mayLack) {
        long rights(int version) {
            return writes ? writing(version) : READ_FILE | READ_DIRECTORY | EXECUTE;
        }
    }

    record PortRule(long access, int port) {}

    Landlock {
        paths = List.copyOf(paths);
        ports = List.copyOf(ports);
    }

    /**
     * Everything may be read, what is usual may be written, and nobody outside signalled.
     *
     * @param mounts what the file asks for beside that; what is mounted to be written is
     */
    static Landlock usual(List<MountRequest> mounts) {
        List<PathRule> paths = new ArrayList<>();
        paths.add(new PathRule("/", false, false));
        for (String path : USUALLY_WRITTEN) {
            paths.add(new PathRule(path, true, true));
        }
        for (MountRequest mount : mounts) {
            if (!(mount instanceof MountRequest.Bind bind && bind.readOnly())) {
                paths.add(new PathRule(mount.target(), true, false));
            }
        }
        return new Landlock(paths, List.of(), 0, 0, ABSTRACT_SOCKETS | SIGNALS);
    }

    /** Every right over files that a kernel of this version can take away. */
    static long all(int version) {
        return FIRST
                | (version >= MOVING_SINCE ? MOVE : 0)
                | (version >= TRUNCATING_SINCE ? TRUNCATE : 0)
                | (version >= DEVICES_SINCE ? DEVICE : 0);
    }

    private static long writing(int version) {
        return all(version) & ~(MAKE_CHARACTER_DEVICE | MAKE_BLOCK_DEVICE);
    }

    /** The rights that a file can have which is no directory. */
    static long ofFiles(long rights) {
        return rights & (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | DEVICE);
    }

    /** For what the program writes to already. */
    static long ofOutput(int version) {
        return ofFiles(writing(version)) & ~EXECUTE;
    }

    long scopes(int version) {
        return scopes | (version >= SCOPES_SINCE ? usualScopes : 0);
    }

    boolean restrictsFiles() {
        return !paths.isEmpty();
    }

    /** What a kernel of this version lets through although the rules leave no room for it; empty if nothing. */
    String gaps(int version) {
        List<String> gaps = new ArrayList<>();
        if (restrictsFiles() && version < TRUNCATING_SINCE) {
            gaps.add("truncating files");
        }
        if (restrictsFiles() && version < DEVICES_SINCE) {
            gaps.add("ioctl of devices");
        }
        if (usualScopes != 0 && version < SCOPES_SINCE) {
            gaps.add("signals and abstract sockets");
        }
        return String.join(", ", gaps);
    }

    /** As strace prints what it has no names for. */
    static String text(long rights) {
        return "0x" + Long.toHexString(rights);
    }
}
