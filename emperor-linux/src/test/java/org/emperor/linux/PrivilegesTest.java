package org.emperor.linux;

import static org.emperor.linux.Attempts.ENOSYS;
import static org.emperor.linux.Attempts.EPERM;
import static org.emperor.linux.Attempts.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.emperor.realm.IncarnationId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Capabilities, no_new_privs and filters of system calls, tried from inside; each beside a program without the key. */
@Tag("kernel")
class PrivilegesTest {
    private static final int NOBODY = 65534;
    private static final String NONE = "0000000000000000";
    private static final String BIND_SERVICE = "0000000000000400";
    private static final String NET = "fs,net,ipc,uts,pid";
    private static final String ENOTTY = "25";
    private static final String SIGSYS = "signal 31";

    @TempDir
    static Path state;

    private static JailYard yard;

    @BeforeAll
    static void open() {
        yard = JailYard.open(state);
    }

    @AfterAll
    static void close() {
        yard.close();
    }

    private static Sample sample(String clone, int uid) {
        return Sample.of("api").jail("clone", clone).as(uid, uid);
    }

    private static Map<String, String> attempts(Sample sample, String... words) {
        return Attempts.in(yard, sample, words);
    }

    static Stream<Arguments> jails() {
        return Stream.of("", NET, NET + ",user")
                .flatMap(clone -> Stream.of(0, NOBODY).map(uid -> Arguments.of(clone, uid)));
    }

    static Stream<String> clones() {
        return Stream.of(NET, NET + ",user");
    }

    @ParameterizedTest
    @MethodSource("clones")
    void capHoldsOverTheChangeOfUserAndTheExec(String clone) {
        Map<String, String> with =
                attempts(sample(clone, NOBODY).jail("cap", "net_bind_service"), "status", "bind:80", "chown:/tmp");
        for (String set : new String[] {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
            assertEquals(BIND_SERVICE, with.get(set), set);
        }
        assertEquals(SUCCESS, with.get("bind:80"));
        assertEquals(EPERM, with.get("chown:/tmp"));

        Map<String, String> without = attempts(sample(clone, NOBODY), "status", "bind:80");
        assertEquals(NONE, without.get("CapEff"));
        assertEquals(Attempts.EACCES, without.get("bind:80"));
    }

    @ParameterizedTest
    @MethodSource("clones")
    void rootKeepsTheBoundingSetAndInheritsNothing(String clone) {
        Map<String, String> with =
                attempts(sample(clone, 0).jail("cap-keep", "10,cap_setuid"), "status", "hostname", "become:1");
        assertEquals("0000000000000480", with.get("CapEff"));
        assertEquals("0000000000000480", with.get("CapPrm"));
        assertEquals("0000000000000480", with.get("CapBnd"));
        assertEquals(NONE, with.get("CapInh"));
        assertEquals(NONE, with.get("CapAmb"));
        assertEquals(EPERM, with.get("hostname"));
        assertEquals(SUCCESS, with.get("become:1"));

        Map<String, String> none = attempts(sample(clone, 0).jail("cap-keep", "none"), "status", "become:1");
        assertEquals(NONE, none.get("CapBnd"));
        assertEquals(NONE, none.get("CapEff"));
        assertEquals(EPERM, none.get("become:1"));
        assertEquals(SUCCESS, attempts(sample(clone, 0), "hostname").get("hostname"), "what is tried works otherwise");
    }

    @Test
    void othersThanRootHaveNothingOfWhatIsKept() {
        Map<String, String> with = attempts(sample("", NOBODY).jail("cap-keep", "default"), "status");
        assertEquals(NONE, with.get("CapEff"));
        assertEquals("00000000800405fb", with.get("CapBnd"));
    }

    @Test
    void boundIsTheSameWithoutAnInit() {
        Sample sample = sample(NET, NOBODY).withoutInit().jail("cap", "net_bind_service");
        assertEquals(BIND_SERVICE, attempts(sample, "status").get("CapAmb"));
    }

    @ParameterizedTest
    @MethodSource("jails")
    void privilegesAreNeverGainedWhereTheFileSaysSo(String clone, int uid) {
        assertEquals(
                "1",
                attempts(sample(clone, uid).jail("no-new-privs", "true"), "status")
                        .get("NoNewPrivs"));
        assertEquals("0", attempts(sample(clone, uid), "status").get("NoNewPrivs"));
    }

    @ParameterizedTest
    @MethodSource("jails")
    void defaultFilterDeniesWhatWorksWithoutIt(String clone, int uid) {
        String[] words = {
            "status",
            "unshare-user",
            "clone-user",
            "clone3",
            "keyctl",
            "ptrace",
            "personality",
            "personality-odd",
            "socket:38",
            "socket:2",
            "unshare-files",
            "newer",
            "push-input",
            "push-input-high",
            "window-size"
        };
        Map<String, String> with = attempts(sample(clone, uid).jail("seccomp", "default"), words);
        assertEquals("2", with.get("Seccomp"));
        assertEquals("2", with.get("Seccomp_filters"));
        assertEquals("1", with.get("NoNewPrivs"));
        for (String denied : new String[] {
            "unshare-user", "clone-user", "keyctl", "ptrace", "socket:38", "push-input", "push-input-high"
        }) {
            assertEquals(EPERM, with.get(denied), denied);
        }
        for (String absent : new String[] {"clone3", "newer", "personality-odd"}) {
            assertEquals(ENOSYS, with.get(absent), absent);
        }
        for (String allowed : new String[] {"personality", "socket:2", "unshare-files"}) {
            assertEquals(SUCCESS, with.get(allowed), allowed);
        }
        assertEquals(ENOTTY, with.get("window-size"), "other requests reach the device");

        Map<String, String> without = attempts(sample(clone, uid), words);
        assertEquals("0", without.get("Seccomp"));
        for (String works :
                new String[] {"unshare-user", "clone-user", "clone3", "keyctl", "ptrace", "personality-odd"}) {
            assertEquals(SUCCESS, without.get(works), works);
        }
        assertEquals(ENOTTY, without.get("push-input"), "it reaches the device");
        assertEquals(ENOTTY, without.get("push-input-high"));
    }

    @Test
    void callsOfAnotherKindOfProgramEndTheProcess() {
        Map<String, String> with = attempts(sample("", 0).jail("seccomp", "default"), "foreign:i386", "foreign:x32");
        assertEquals(SIGSYS, with.get("foreign:i386"));
        assertEquals(SIGSYS, with.get("foreign:x32"));
        assertTrue(!attempts(sample("", 0), "foreign:i386").get("foreign:i386").equals(SIGSYS));
    }

    @Test
    void capabilitiesThatAreNamedOpenTheCallsThatNeedThem() {
        Sample sample = sample(NET, 0).jail("seccomp", "default");
        assertEquals(EPERM, attempts(sample.jail("cap-keep", "kill"), "chroot").get("chroot"));
        Sample keeping = sample(NET, 0).jail("seccomp", "default").jail("cap-keep", "sys_chroot,sys_admin");
        Map<String, String> with = attempts(keeping, "chroot", "mount:/mnt", "unshare-net");
        assertEquals(SUCCESS, with.get("chroot"));
        assertEquals(SUCCESS, with.get("mount:/mnt"));
        assertEquals(SUCCESS, with.get("unshare-net"));
    }

    @Test
    void profileOfTheFileDecides() {
        String profile = """
                {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],
                 "syscalls": [
                   {"names": ["sethostname"], "action": "SCMP_ACT_ERRNO", "errnoRet": 5},
                   {"names": ["socket"], "action": "SCMP_ACT_ERRNO",
                    "args": [{"index": 0, "value": 2, "op": "SCMP_CMP_EQ"}]},
                   {"names": ["keyctl"], "action": "SCMP_ACT_KILL_PROCESS"}]}
                """;
        Sample sample = sample(NET, 0).jail("seccomp", "/etc/profile.json").jail("seccomp:content", profile);
        Map<String, String> with = attempts(sample, "status", "hostname", "socket:2", "socket:1", "keyctl", "ptrace");
        assertEquals("1", with.get("Seccomp_filters"));
        assertEquals("5", with.get("hostname"));
        assertEquals(EPERM, with.get("socket:2"));
        assertEquals(SUCCESS, with.get("socket:1"));
        assertEquals(SIGSYS, with.get("keyctl"));
        assertEquals(SUCCESS, with.get("ptrace"));
    }

    /** Jail-init must learn and tell why, although the filter is in force. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failedExecUnderAFilterIsTold(boolean init) {
        Sample sample = sample(NET, NOBODY).jail("seccomp", "default").exec("/no/such/program");
        IncarnationId id = yard.launch(init ? sample : sample.withoutInit());
        String end = yard.end(id).toString();
        assertTrue(end.contains("execute /no/such/program: ENOENT"), end);
        yard.dismantle(id);
    }
}
