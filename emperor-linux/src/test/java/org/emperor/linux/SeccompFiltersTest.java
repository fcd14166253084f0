package org.emperor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.emperor.jail.PlanRefusal;
import org.emperor.linux.plan.Arch;
import org.emperor.linux.plan.Filters.Filter;
import org.emperor.linux.plan.Filters.Request;
import org.emperor.linux.plan.SeccompProfile;
import org.emperor.linux.plan.SeccompRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What libseccomp makes of profiles, asked by running its programs; what is wrong with a profile, told by its name. */
@Tag("kernel")
class SeccompFiltersTest {
    private static final int X86_64 = 0xC000003E;
    private static final int I386 = 0x40000003;
    private static final int AARCH64 = 0xC00000B7;
    private static final int EPERM = SeccompRules.ERRNO | 1;
    private static final int ENOSYS = SeccompRules.ERRNO | 38;

    private final SeccompFilters filters = new SeccompFilters("libseccomp.so.2");

    private static Request request(SeccompProfile profile, Arch arch, long capabilities) {
        return new Request(profile, arch, capabilities, "6.1");
    }

    private static Request json(String content) {
        return request(new SeccompProfile("/p.json", content), Arch.X86_64, 0);
    }

    private int ask(Arch arch, int kind, long capabilities, int number, long... arguments) {
        int answer = SeccompRules.ALLOW;
        for (Filter filter : filters.compile(request(SeccompProfile.DEFAULT, arch, capabilities))) {
            int one = Bpf.run(filter.program(), kind, number, arguments);
            answer = Integer.compare(one & 0xffff0000, answer & 0xffff0000) < 0 ? one : answer; // as seccomp(2) has it
        }
        return answer;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 63",
        "59, 221",
        "231, 94",
        "1, 64",
        "56, 220",
        "157, 167",
        "202, 98",
        "321, 280",
        "165, 40",
        "101, 117"
    })
    void defaultMeansTheSameOnBothProcessors(int x86, int arm) {
        assertEquals(ask(Arch.X86_64, X86_64, 0, x86), ask(Arch.AARCH64, AARCH64, 0, arm));
    }

    @Test
    void defaultAllowsDeniesAndDoesNotKnow() {
        assertEquals(SeccompRules.ALLOW, ask(Arch.X86_64, X86_64, 0, 59), "execve");
        assertEquals(EPERM, ask(Arch.X86_64, X86_64, 0, 165), "mount");
        assertEquals(ENOSYS, ask(Arch.X86_64, X86_64, 0, 435), "clone3");
        assertEquals(ENOSYS, ask(Arch.X86_64, X86_64, 0, 9999), "a call of the future");
        assertEquals(SeccompRules.KILL_PROCESS, ask(Arch.X86_64, I386, 0, 20), "getpid of i386");
        assertEquals(SeccompRules.KILL_PROCESS, ask(Arch.X86_64, X86_64, 0, 0x40000000 + 39), "getpid of x32");
        assertEquals(SeccompRules.ALLOW, ask(Arch.X86_64, X86_64, 1L << 21, 165), "mount, with CAP_SYS_ADMIN");
        assertEquals(SeccompRules.ALLOW, ask(Arch.X86_64, X86_64, 1L << 21, 435), "clone3, with CAP_SYS_ADMIN");
    }

    static Stream<Arguments> arguments() {
        long high = 1L << 32;
        return Stream.of(
                Arguments.of(56, 0x11, SeccompRules.ALLOW), // clone as fork does
                Arguments.of(56, 0x10000011, EPERM), // CLONE_NEWUSER
                Arguments.of(56, high | 0x20011, EPERM), // CLONE_NEWNS
                Arguments.of(272, 0x400, SeccompRules.ALLOW), // unshare CLONE_FILES
                Arguments.of(272, 0x80, EPERM), // unshare CLONE_NEWTIME
                Arguments.of(272, 0x40000400, EPERM),
                Arguments.of(41, 1, SeccompRules.ALLOW), // AF_UNIX
                Arguments.of(41, 17, SeccompRules.ALLOW), // AF_PACKET, which needs CAP_NET_RAW anyway
                Arguments.of(41, 15, EPERM),
                Arguments.of(41, 38, EPERM), // AF_ALG
                Arguments.of(41, high | 38, EPERM),
                Arguments.of(41, high | 3, EPERM),
                Arguments.of(135, 0xffffffffL, SeccompRules.ALLOW), // personality
                Arguments.of(135, 0x40000, ENOSYS)); // ADDR_NO_RANDOMIZE
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void argumentsDecide(int call, long first, int expected) {
        assertEquals(expected, ask(Arch.X86_64, X86_64, 0, call, first));
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void kernelTakesProgramsOfThatLength(Arch arch) {
        for (Filter filter : filters.compile(request(SeccompProfile.DEFAULT, arch, -1L))) {
            int instructions = filter.program().length / 8;
            assertTrue(instructions > 10 && instructions <= 4096, filter.about() + ": " + instructions);
        }
    }

    @Test
    void filterIsCompiledOnce() {
        Request request = request(SeccompProfile.DEFAULT, Arch.X86_64, 0);
        assertSame(filters.compile(request), filters.compile(request));
    }

    @Test
    void missingLibraryIsNamedWithItsPackage() {
        PlanRefusal refusal = assertThrows(PlanRefusal.class, () -> new SeccompFilters("libnothing.so.9")
                .compile(request(SeccompProfile.DEFAULT, Arch.X86_64, 0)));
        String told = String.valueOf(refusal.getMessage());
        assertTrue(told.startsWith("needs libseccomp, which cannot be used: libnothing.so.9: "), told);
        assertTrue(told.endsWith("; install it (of Debian: libseccomp2), or write seccomp = none"), told);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("{", "line 1, column 2: Unexpected end-of-input"),
                Arguments.of("[]", "the profile: not an object"),
                Arguments.of("{}", "defaultAction \"\" is not supported"),
                Arguments.of("{\"defaultAction\": \"SCMP_ACT_NOTIFY\"}", "defaultAction \"SCMP_ACT_NOTIFY\" is not"),
                Arguments.of("{\"defaultActoin\": 1}", "the profile: unknown field \"defaultActoin\""),
                Arguments.of(allowing("\"flags\": [\"SECCOMP_FILTER_FLAG_LOG\"]"), "flag \"SECCOMP_FILTER_FLAG_LOG\""),
                Arguments.of(allowing(rule("\"names\": [\"opne\"]", "")), "unknown system call \"opne\""),
                Arguments.of(allowing(rule("\"comment\": \"x\"", "")), "a rule names no system call"),
                Arguments.of(
                        allowing(rule("\"names\": [\"open\"]", ", \"errnoRet\": 5000")), "an errno is not 0 to 4095"),
                Arguments.of(
                        allowing(rule("\"names\": [\"open\"]", ", \"args\": [{\"index\": 6}]")),
                        "an argument's index is not 0 to 5"),
                Arguments.of(
                        allowing(
                                rule("\"names\": [\"open\"]", ", \"args\": [{\"index\": 0, \"op\": \"SCMP_CMP_IS\"}]")),
                        "unknown operator \"SCMP_CMP_IS\""),
                Arguments.of(allowing("\"architectures\": [\"x86\"]"), "unknown architecture \"x86\""),
                Arguments.of(allowing(rule("\"names\": [\"execve\"]", "")), "lets no execve through"),
                Arguments.of("{\"defaultAction\": \"SCMP_ACT_ERRNO\"}", "lets no execve through"));
    }

    private static String allowing(String more) {
        return "{\"defaultAction\": \"SCMP_ACT_ALLOW\", " + more + "}";
    }

    private static String rule(String names, String more) {
        return "\"syscalls\": [{" + names + ", \"action\": \"SCMP_ACT_ERRNO\"" + more + "}]";
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenProfileIsRefusedByWhatIsWrong(String profile, String rule) {
        PlanRefusal refusal = assertThrows(PlanRefusal.class, () -> filters.compile(json(profile)));
        String told = String.valueOf(refusal.getMessage());
        assertTrue(told.startsWith("/p.json: " + rule), told);
        assertTrue(told.endsWith("; correct the profile"), told);
    }

    @Test
    void rulesOfDockerDependOnCapabilitiesKernelAndProcessor() {
        String rules = """
                {"defaultAction": "SCMP_ACT_ALLOW", "defaultErrnoRet": 1,
                 "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]}],
                 "syscalls": [
                  {"names": ["mount"], "action": "SCMP_ACT_ERRNO", "excludes": {"caps": ["CAP_SYS_ADMIN"]}},
                  {"names": ["chroot"], "action": "SCMP_ACT_ERRNO", "includes": {"caps": ["CAP_SYS_CHROOT"]}},
                  {"names": ["ptrace"], "action": "SCMP_ACT_ERRNO", "includes": {"minKernel": "6.0"}},
                  {"names": ["bpf"], "action": "SCMP_ACT_ERRNO", "includes": {"minKernel": "6.2"}},
                  {"names": ["clone"], "action": "SCMP_ACT_ERRNO", "includes": {"arches": ["s390x"]}}]}
                """;
        SeccompProfile profile = new SeccompProfile("/p.json", rules);
        byte[] program =
                filters.compile(request(profile, Arch.X86_64, 1L << 18)).get(0).program();
        assertEquals(EPERM, Bpf.run(program, X86_64, 165), "mount");
        assertEquals(EPERM, Bpf.run(program, I386, 21), "mount of i386");
        assertEquals(EPERM, Bpf.run(program, X86_64, 161), "chroot");
        assertEquals(EPERM, Bpf.run(program, X86_64, 101), "ptrace");
        assertEquals(SeccompRules.ALLOW, Bpf.run(program, X86_64, 321), "bpf");
        assertEquals(SeccompRules.ALLOW, Bpf.run(program, X86_64, 56), "clone");
    }

    /** The kernel's classic BPF as far as seccomp allows it (bpf(4), seccomp(2)): the answer for one call. */
    private static final class Bpf {
        static int run(byte[] program, int kind, int number, long... arguments) {
            ByteBuffer call = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
            call.putInt(number).putInt(kind).putLong(0);
            for (long argument : arguments) {
                call.putLong(argument);
            }
            ByteBuffer code = ByteBuffer.wrap(program).order(ByteOrder.nativeOrder());
            int accumulator = 0;
            for (int at = 0; ; at++) {
                int operation = code.getShort(at * 8);
                int constant = code.getInt(at * 8 + 4);
                boolean holds =
                        switch (operation) {
                            case 0x15 -> accumulator == constant;
                            case 0x25 -> Integer.compareUnsigned(accumulator, constant) > 0;
                            case 0x35 -> Integer.compareUnsigned(accumulator, constant) >= 0;
                            case 0x45 -> (accumulator & constant) != 0;
                            default -> false;
                        };
                switch (operation) {
                    case 0x06 -> {
                        return constant;
                    }
                    case 0x20 -> accumulator = call.getInt(constant);
                    case 0x54 -> accumulator &= constant;
                    case 0x05 -> at += constant;
                    case 0x15, 0x25, 0x35, 0x45 -> at += code.get(at * 8 + (holds ? 2 : 3)) & 0xff;
                    default ->
                        throw new AssertionError(
                                List.of("instruction", operation, at).toString());
                }
            }
        }
    }
}
