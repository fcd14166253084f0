package org.emperor.linux.sys;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.emperor.linux.plan.Arch;
import org.emperor.linux.plan.Call;

/**
 * The raw system calls of this machine through our own small library. jffi, the layer under JNR-FFI, is used because it
 * needs no code generation at start, and a system call passes one pointer to its seven words: six plain arguments were
 * corrupted on x86-64 (jnr-ffi 2.2.17). Results are values or negative errnos, so no thread-local errno is involved.
 */
public final class Kernel {
    private static final int WORDS = 7;
    private static final int SCRATCH = 16384;
    private static final int STRUCT = 4096;

    /** The most bytes that are sent as one message rather than as a file. */
    static final int LARGEST_MESSAGE = 65536;

    private final Arch arch = Arch.of(System.getProperty("os.arch"));
    private final Invoker invoker = Invoker.getInstance();
    private final CallContext one = context(1);
    private final CallContext two = context(2);
    private final Library library;
    private final long call;
    private final long spawn;
    private final long signals;
    private final ThreadLocal<Memory> scratch = ThreadLocal.withInitial(() -> Memory.of(WORDS * 8 + SCRATCH));
    private final ThreadLocal<Memory> struct = ThreadLocal.withInitial(() -> Memory.of(STRUCT));
    private final ThreadLocal<Memory> message = ThreadLocal.withInitial(() -> Memory.of(LARGEST_MESSAGE));

    /** @throws IllegalStateException if the library cannot be loaded or does not pass arguments intact */
    public Kernel(Path libraryFile) {
        library = Library.openLibrary(libraryFile.toString(), Library.LAZY | Library.LOCAL);
        if (library == null) {
            throw new IllegalStateException("cannot load " + libraryFile + ": " + Library.getLastError());
        }
        call = library.getSymbolAddress("emperor_call");
        spawn = library.getSymbolAddress("emperor_spawn");
        signals = library.getSymbolAddress("emperor_signals");
        testYourself();
    }

    public Arch arch() {
        return arch;
    }

    private static CallContext context(int parameters) {
        Type[] types = new Type[parameters];
        java.util.Arrays.fill(types, Type.SINT64);
        return CallContext.getCallContext(Type.SINT64, types, CallingConvention.DEFAULT, false);
    }

    /** A wrong argument anywhere would be a wrong mount or a wrong kill: refuse to run rather. */
    private void testYourself() {
        long pid = ProcessHandle.current().pid();
        if (call(Call.GETPID) != pid || call(Call.FCNTL, -1, 1) != -Errno.EBADF.number()) {
            throw new IllegalStateException(
                    "system calls do not arrive intact; this Java and jffi do not fit together");
        }
    }

    long call(Call number) {
        return call(number, 0, 0, 0, 0, 0, 0);
    }

    long call(Call number, long a) {
        return call(number, a, 0, 0, 0, 0, 0);
    }

    long call(Call number, long a, long b) {
        return call(number, a, b, 0, 0, 0, 0);
    }

    long call(Call number, long a, long b, long c) {
        return call(number, a, b, c, 0, 0, 0);
    }

    long call(Call number, long a, long b, long c, long d) {
        return call(number, a, b, c, d, 0, 0);
    }

    long call(Call number, long a, long b, long c, long d, long e, long f) {
        Memory words = scratch.get();
        words.bytes()
                .putLong(0, number.number(arch))
                .putLong(8, a)
                .putLong(16, b)
                .putLong(24, c);
        words.bytes().putLong(32, d).putLong(40, e).putLong(48, f);
        return invoker.invokeL1NoErrno(one, call, words.address());
    }

    /** The address of the text as a C string, valid on this thread until the next call of this method. */
    long path(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length >= SCRATCH) {
            throw new SyscallException(Call.OPENAT, text.substring(0, 64) + "...", Errno.ENAMETOOLONG.number());
        }
        Memory memory = scratch.get();
        memory.bytes().put(WORDS * 8, utf8).put(WORDS * 8 + utf8.length, (byte) 0);
        return memory.at(WORDS * 8);
    }

    /** A block for one call's structures, this thread's until its next use. */
    Memory struct() {
        return struct.get();
    }

    /** A block for what is sent to another process, this thread's until its next use. */
    Memory message() {
        return message.get();
    }

    /** The result, if it is no errno. */
    static long check(long result, Call call, String subject) {
        if (result < 0) {
            throw new SyscallException(call, subject, (int) -result);
        }
        return result;
    }

    long spawn(Memory request) {
        return invoker.invokeL1NoErrno(one, spawn, request.address());
    }

    /**
     * Gives memory that the C library holds for later back to the system: starting takes some MiB that nothing needs again.
     *
     * @return whether there was any (malloc_trim(3)); never where the C library is not glibc, which alone hoards it
     */
    public boolean trimMemory() {
        long trim = Library.getDefault().getSymbolAddress("malloc_trim");
        return trim != 0 && (invoker.invokeL1NoErrno(one, trim, 0) & 0xffffffffL) != 0;
    }

    void catchSignals(int pipe, int children) {
        long result = invoker.invokeL2NoErrno(two, signals, pipe, children);
        check(result, Call.RT_SIGPROCMASK, "handlers");
    }
}
