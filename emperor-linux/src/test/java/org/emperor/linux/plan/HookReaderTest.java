package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.emperor.lang.Problem;
import org.emperor.spec.SpecResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookReaderTest {

    private static List<String> problems(String... lines) {
        SpecResult result = TestHost.read("[vassal]\nexec = /bin/app\n" + String.join("\n", lines) + "\n");
        if (result instanceof SpecResult.Refused refused) {
            return refused.problems().stream().map(HookReaderTest::text).toList();
        }
        return LinuxPlanner.check(((SpecResult.Accepted) result).spec(), TestHost.UNIFIED.toFacts()).stream()
                .map(HookReaderTest::text)
                .toList();
    }

    private static String text(Problem problem) {
        return problem.key() + ": " + problem.rule();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    exec                      | action "exec" needs an argument
                    unlink:                   | action "unlink" needs an argument
                    nonsense:x                | unknown action "nonsense"
                    rpc:f x                   | action "rpc" is of uWSGI's inside
                    call:symbol               | action "call" is of uWSGI's inside
                    putenv:=x                 | putenv: needs a variable
                    chmod:/file               | chmod: needs a file and octal digits
                    chmod:/file 8             | chmod: needs a file and octal digits
                    chmod:/file 17777         | chmod: needs a file and octal digits
                    chown2:/file www www      | chown2: needs a file and two numbers
                    chown2:/file 1            | chown2: needs a file and two numbers
                    chown:/file nobody-here 1 | this host has no user "nobody-here"
                    chown:/file 1             | chown: needs a file, a user and a group
                    write:/file               | write: needs a file and a text
                    appendn:                  | appendn: needs a file
                    writefifo:/fifo           | writefifo: needs a FIFO and a text
                    hostname:a b              | hostname: not the name of a host
                    exit:256                  | no exit code
                    exit:x                    | no exit code
                    ifup:a-name-that-is-long  | "a-name-that-is-long" is no name of an interface
                    ifaddr:eth0               | ifaddr: needs an interface and an address
                    ifaddr:eth0 1.2.3/8       | ifaddr: needs an interface and an address
                    ifaddr:eth0 1.2.3.4/33    | ifaddr: needs an interface and an address
                    wait_for_socket:host:80   | "host:80" is no address of a socket
                    wait_for_socket:1.2.3.4:0 | "1.2.3.4:0" is no address of a socket
                    wait_for_socket:/         | "/" is no address of a socket
                    wait_for_interface:a/b    | "a/b" is no name of an interface
                    mount:none /a             | mount: needs TYPE SOURCE TARGET
                    mount:none /a b           | mount target "b" is not absolute
                    mount:none /a /b bind,x   | unknown mount flag "x"
                    umount:b                  | umount target "b" is not absolute
                    umount:/b x               | unknown umount flag "x"
                    umount:/old rec           | umount of a whole tree works only lazily
                    """)
    void actionThatCannotBeDoneIsRefused(String action, String rule) {
        assertEquals(List.of("hook-as-root: " + rule), problems("clone = fs,net", "hook-as-root = " + action));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mount:tmpfs none /x", "umount:/x", "hostname:x", "ifup:lo", "ifaddr:lo 127.0.0.2/8"})
    void actionThatWouldChangeTheHostNeedsANamespace(String action) {
        String rule = "would change the host without a namespace of its own";
        assertEquals(List.of("hook-asap: " + rule), problems("hook-asap = " + action));
        assertEquals(List.of(), problems("clone = fs,uts,net", "hook-asap = " + action));
    }

    @Test
    void fileToWriteIsAnAssignment() {
        String rule = "file-write: needs an absolute file and a text";
        assertEquals(List.of(rule, rule), problems("file-write = /file", "file-write = file=text"));
        assertEquals(List.of(), problems("file-write = /file=", "file-write = /file=a=b"));
    }

    @Test
    void whatIsWaitedForHasAName() {
        assertEquals(
                List.of("wait-for-interface: \"a/b\" is no name of an interface"), problems("wait-for-iface = a/b"));
        assertEquals(
                List.of("wait-for-socket: \"db:5432\" is no address of a socket"),
                problems("wait-for-socket = db:5432"));
        assertEquals(
                List.of("wait-for-socket-timeout: longer than start-timeout"),
                problems("wait-for-socket-timeout = 1h", "wait-for-socket = :80"));
    }

    @Test
    void mountKeysNeedTheNamespaceToo() {
        String rule = ": would change the host without a namespace of its own";
        assertEquals(
                List.of("mount-in-jail" + rule, "umount-as-root" + rule),
                problems("mount-in-jail = tmpfs none /x", "umount-as-root = /x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec:true",
                "!exec:true",
                "write:f x",
                "cd:/",
                "putenv:A=b",
                "exit",
                "print:",
                "chown:f www 0",
                "exit:07",
                "wait_for_socket:/run/x",
                "wait_for_socket::80",
                "chmod:a file with blanks 644",
                "appendn:f"
            })
    void everyOtherActionNeedsNone(String action) {
        for (HookPhase phase : HookPhase.values()) {
            boolean exits = action.startsWith("exit") && phase.isOnHost();
            if (phase.hasKeys() && !exits) {
                assertEquals(List.of(), problems("hook-" + phase.word() + " = " + action));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hook-as-emperor = exit:1   | hook-as-emperor: nothing is to exit on the host
            hook-as-emperor = nonsense:a | hook-as-emperor: unknown action "nonsense"
            vassals-start-hook = 'a    | vassals-start-hook: a quote that is not closed
            vassals-stop-hook =        | vassals-stop-hook: has no value
            hook-timeout = 0s          | hook-timeout: no time at all
            hook-timeout = soon        | hook-timeout
            """)
    void wrongOnesOfTheHostAreRefused(String line, String problem) {
        List<String> problems = problems(line);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains(problem), problems.toString());
    }

    @Test
    void longestLimitOfTheHostIsWhatAPlanCanCount() {
        String file = "[vassal]\nexec = /a\nhook-timeout = 2000h\nexec-as-emperor = b\n";
        String plans = TestHost.errands(file, TestHost.UNIFIED).toString();
        assertTrue(plans.contains("within " + Integer.MAX_VALUE + " ms"), plans);
    }

    @Test
    void thoseOfTheHostNeedNoNamespaceAndAreNotDoneInTheJail() {
        String file = "[vassal]\nexec = /a\nhook-as-emperor = cd:/\nmount-as-emperor = proc none /proc\n"
                + "vassals-start-hook = b\n";
        assertEquals(
                TestHost.plan("[vassal]\nexec = /a\n", TestHost.UNIFIED).toString(),
                TestHost.plan(file, TestHost.UNIFIED).toString());
    }

    @Test
    void namesOfOwnersAreNumbersInThePlan() {
        String plan = TestHost.plan("[vassal]\nexec = /a\nhook-asap = chown:/f www 7\n", TestHost.UNIFIED)
                .toString();
        assertTrue(plan.contains("fchownat(AT_FDCWD, \"/f\", 33, 7, 0)"), plan);
    }

    @Test
    void whatIsPutIsInLaterCommandsAndInTheProgramOnly() {
        List<String> steps = TestHost.plan("""
                        [vassal]
                        exec = /bin/app
                        hook-asap = exec:one
                        hook-asap = putenv:LATER=x
                        hook-asap = exec:two
                        """, TestHost.UNIFIED)
                .toString()
                .lines()
                .filter(line -> line.contains("execve("))
                .toList();
        assertEquals(3, steps.size());
        assertEquals(
                List.of(false, true, true),
                steps.stream().map(it -> it.contains("LATER=*")).toList());
    }

    @Test
    void whatIsWrittenIsNotShown() {
        String plan = TestHost.plan("[vassal]\nexec = /a\nhook-asap = write:/f hush\n", TestHost.UNIFIED)
                .toString();
        assertTrue(plan.contains("write(file, *, 4)") && !plan.contains("hush"), plan);
    }

    @Test
    void planOfAVassalWithoutHooksHasNoStepForThem() {
        String plain = TestHost.plan("[vassal]\nexec = /a\n", TestHost.UNIFIED).toString();
        assertEquals(1, plain.split("umask", -1).length - 1);
        assertEquals(1, plain.split("chdir", -1).length - 1);
    }
}
