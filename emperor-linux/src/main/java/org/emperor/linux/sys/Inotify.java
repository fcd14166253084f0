package org.emperor.linux.sys;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.emperor.linux.plan.Call;

/** An inotify(7) instance and, for {@link #isQuiet}, read leases (fcntl(2)). */
public final class Inotify implements AutoCloseable {
    public static final int ATTRIBUTES = 4;
    public static final int CLOSED_AFTER_WRITING = 8;
    public static final int MODIFIED = 2;
    public static final int MOVED_FROM = 0x40;
    public static final int MOVED_TO = 0x80;
    public static final int CREATED = 0x100;
    public static final int DELETED = 0x200;
    public static final int SELF_DELETED = 0x400;
    public static final int SELF_MOVED = 0x800;
    public static final int UNMOUNTED = 0x2000;
    public static final int OVERFLOW = 0x4000;
    public static final int IGNORED = 0x8000;
    private static final int ONLY_DIRECTORY = 0x01000000;
    private static final int NON_BLOCK_CLOSE_ON_EXEC = 0x800 | 0x80000;
    private static final int SET_SIGNAL = 10;
    private static final int SET_LEASE = 1024;
    private static final int READ_LEASE = 0;
    private static final int SIGURG = 23;
    private static final int HEADER = 16;
    private static final int LARGEST = HEADER + 255 + 1; // NAME_MAX and its end

    private final Kernel kernel;
    private final Fd inotify;
    private final Memory buffer = Memory.of(65536);
    private final Memory poll = Memory.of(32);

    public Inotify(Kernel kernel) {
        this.kernel = kernel;
        long result = kernel.call(Call.INOTIFY_INIT1, NON_BLOCK_CLOSE_ON_EXEC);
        this.inotify = new Fd(kernel, (int) Kernel.check(result, Call.INOTIFY_INIT1, ""));
    }

    /** Watches a directory; the same directory twice gives the same watch. */
    public int watch(String directory, int mask) {
        long result =
                kernel.call(Call.INOTIFY_ADD_WATCH, inotify.number(), kernel.path(directory), mask | ONLY_DIRECTORY);
        return (int) Kernel.check(result, Call.INOTIFY_ADD_WATCH, directory);
    }

    public void unwatch(int watch) {
        kernel.call(Call.INOTIFY_RM_WATCH, inotify.number(), watch);
    }

    /** Waits for an event or the bell, at most that many milliseconds, and tells what there is. */
    public void await(long milliseconds, WakeUp bell, Consumer<Event> receiver) {
        poll.bytes()
                .putInt(0, inotify.number())
                .putInt(4, 1)
                .putInt(8, bell.number())
                .putInt(12, 1);
        poll.bytes().putLong(16, milliseconds / 1000).putLong(24, milliseconds % 1000 * 1_000_000);
        long count = kernel.call(Call.PPOLL, poll.address(), 2, poll.at(16), 0, 8, 0);
        if (count > 0) {
            bell.clear();
            read(receiver);
        }
    }

    /** Until a read leaves room for one more event: then there was none. */
    private void read(Consumer<Event> receiver) {
        long length = buffer.length();
        while (length > buffer.length() - LARGEST) {
            length = kernel.call(Call.READ, inotify.number(), buffer.address(), buffer.length());
            int at = 0;
            while (at < length) {
                int nameLength = buffer.bytes().getInt(at + 12);
                receiver.accept(
                        new Event(buffer.bytes().getInt(at), buffer.bytes().getInt(at + 4), name(at, nameLength)));
                at += HEADER + nameLength;
            }
        }
    }

    private String name(int at, int length) {
        byte[] name = new byte[length];
        buffer.bytes().get(at + HEADER, name);
        int end = 0;
        while (end < length && name[end] != 0) {
            end++;
        }
        return new String(name, 0, end, StandardCharsets.UTF_8);
    }

    /**
     * Whether nobody has the file open for writing, by a read lease that is given back at once; empty where there are no
     * leases. The kernel tells a holder of its lease's break by SIGIO, which would end this process: another signal is set.
     */
    public java.util.Optional<Boolean> isQuiet(String file) {
        try (Fd fd = new HostFiles(kernel).open(file, HostFiles.READ | HostFiles.NON_BLOCK)) {
            if (kernel.call(Call.FCNTL, fd.number(), SET_SIGNAL, SIGURG) < 0) {
                return java.util.Optional.empty();
            }
            long result = kernel.call(Call.FCNTL, fd.number(), SET_LEASE, READ_LEASE);
            if (result == 0) {
                return java.util.Optional.of(true);
            }
            return result == -Errno.EAGAIN.number() ? java.util.Optional.of(false) : java.util.Optional.empty();
        } catch (SyscallException e) {
            return java.util.Optional.empty();
        }
    }

    @Override
    public void close() {
        inotify.close();
    }

    /** One event as the kernel tells it; {@code watch} is -1 for OVERFLOW. */
    public record Event(int watch, int mask, String name) {
        public boolean has(int bits) {
            return (mask & bits) != 0;
        }
    }
}
