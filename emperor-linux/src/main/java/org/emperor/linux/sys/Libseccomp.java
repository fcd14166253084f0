package org.emperor.linux.sys;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.emperor.linux.plan.SeccompRules;
import org.emperor.linux.plan.SeccompRules.Condition;
import org.emperor.linux.plan.SeccompRules.Rule;

/**
 * libseccomp, which turns rules into a program of the kernel's classic BPF (seccomp_init(3) and its neighbours). It is
 * loaded when the first filter is asked for, and called through jffi as {@link Kernel} is.
 */
public final class Libseccomp {
    private static final int ATTRIBUTE_BAD_ARCHITECTURE = 2;
    private static final int ATTRIBUTE_OPTIMIZE = 8; // since 2.5
    private static final int BINARY_TREE = 2;
    private static final int EEXIST = 17;
    private static final int UNKNOWN_CALL = -1; // __NR_SCMP_ERROR
    private static final int CONDITION = 24; // struct scmp_arg_cmp: two words of 4 bytes, two of 8
    private static final int MOST_CONDITIONS = 6;
    private static final int CLOSE_ON_EXEC = 1; // MFD_CLOEXEC

    private final Invoker invoker = Invoker.getInstance();
    private final Library library;
    private final Library system = Library.getDefault();
    private final Memory text = Memory.of(256);
    private final Memory conditions = Memory.of(CONDITION * MOST_CONDITIONS);

    private Libseccomp(Library library) {
        this.library = library;
    }

    /** @throws MissingLibrary if it cannot be loaded */
    public static Libseccomp load(String file) {
        Library library = Library.openLibrary(file, Library.LAZY | Library.LOCAL);
        if (library == null) {
            throw new MissingLibrary(file + ": " + Library.getLastError());
        }
        return new Libseccomp(library);
    }

    /** This host has no libseccomp, or one that is too old. */
    public static final class MissingLibrary extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingLibrary(String message) {
            super(message);
        }
    }

    /** The library does not take these rules. */
    public static final class BadRules extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadRules(String message) {
            super(message);
        }
    }

    /**
     * An array of struct sock_filter.
     *
     * @throws BadRules naming what the library does not know or take
     */
    public byte[] compile(SeccompRules rules) {
        long context = pointer("seccomp_init", Integer.toUnsignedLong(rules.standard()));
        if (context == 0) {
            throw new BadRules("libseccomp refuses its default action");
        }
        try {
            prepare(context, rules.architectures());
            rules.rules().forEach(rule -> add(context, rule, rules.standard()));
            return export(context);
        } finally {
            call("seccomp_release", context);
        }
    }

    /** The library begins with the processor it runs on. */
    private void prepare(long context, List<String> architectures) {
        int kill = SeccompRules.KILL_PROCESS;
        check(
                number("seccomp_attr_set", context, ATTRIBUTE_BAD_ARCHITECTURE, Integer.toUnsignedLong(kill)),
                "attribute");
        check(number("seccomp_attr_set", context, ATTRIBUTE_OPTIMIZE, BINARY_TREE), "attribute");
        for (String architecture : architectures) {
            int token = number("seccomp_arch_resolve_name", string(architecture));
            if (token == 0) {
                throw new BadRules("unknown architecture \"" + architecture + "\"");
            }
            int result = number("seccomp_arch_add", context, Integer.toUnsignedLong(token));
            check(result == -EEXIST ? 0 : result, "architecture " + architecture);
        }
    }

    private void add(long context, Rule rule, int standard) {
        if (rule.action() == standard) {
            return; // the library refuses what would change nothing
        }
        fill(rule.conditions());
        for (String name : rule.names()) {
            int call = number("seccomp_syscall_resolve_name", string(name));
            if (call != UNKNOWN_CALL) {
                int result = number(
                        "seccomp_rule_add_array",
                        context,
                        Integer.toUnsignedLong(rule.action()),
                        call,
                        rule.conditions().size(),
                        conditions.address());
                check(result == -EEXIST ? 0 : result, "a rule for " + name);
            } else if (rule.known()) {
                throw new BadRules("unknown system call \"" + name + "\"");
            }
        }
    }

    private void fill(List<Condition> all) {
        for (int i = 0; i < all.size(); i++) {
            Condition condition = all.get(i);
            conditions
                    .bytes()
                    .putInt(i * CONDITION, condition.index())
                    .putInt(i * CONDITION + 4, condition.operator().number())
                    .putLong(i * CONDITION + 8, condition.first())
                    .putLong(i * CONDITION + 16, condition.second());
        }
    }

    /** Through a file in memory, which is the one way that every version of the library has. */
    private byte[] export(long context) {
        int file = (int) invoke(system, "memfd_create", string("seccomp"), CLOSE_ON_EXEC);
        check(file < 0 ? -1 : 0, "a file in memory");
        try {
            check(number("seccomp_export_bpf", context, file), "the program");
            return Files.readAllBytes(Path.of("/proc/self/fd/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            invoke(system, "close", file);
        }
    }

    private static void check(int result, String what) {
        if (result < 0) {
            throw new BadRules("libseccomp does not make " + what + ": " + Errno.text(-result));
        }
    }

    private long string(String content) {
        byte[] utf8 = content.getBytes(StandardCharsets.UTF_8);
        if (utf8.length >= text.length()) {
            throw new BadRules("name of " + utf8.length + " bytes");
        }
        text.bytes().put(0, utf8).put(utf8.length, (byte) 0);
        return text.address();
    }

    private long pointer(String function, long argument) {
        return invoke(library, function, argument);
    }

    private int number(String function, long... arguments) {
        return (int) invoke(library, function, arguments);
    }

    private void call(String function, long argument) {
        invoke(library, function, argument);
    }

    /** Every argument as a word: both calling conventions pass a narrower one in the lower part of a register. */
    private long invoke(Library where, String function, long... arguments) {
        long address = where.getSymbolAddress(function);
        if (address == 0) {
            throw new MissingLibrary("it has no " + function);
        }
        Type[] types = new Type[arguments.length];
        Arrays.fill(types, Type.SINT64);
        CallContext context = CallContext.getCallContext(Type.SINT64, types, CallingConvention.DEFAULT, false);
        return switch (arguments.length) {
            case 1 -> invoker.invokeL1NoErrno(context, address, arguments[0]);
            case 2 -> invoker.invokeL2NoErrno(context, address, arguments[0], arguments[1]);
            case 3 -> invoker.invokeL3NoErrno(context, address, arguments[0], arguments[1], arguments[2]);
            case 5 ->
                invoker.invokeL5NoErrno(
                        context, address, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]);
            default -> throw new IllegalArgumentException(function);
        };
    }
}
