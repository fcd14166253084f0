package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.emperor.jail.JailPlan;
import org.emperor.lang.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnshareReaderTest {

    private static String vassal(String... lines) {
        return "[vassal]\nexec = /bin/app\n" + String.join("\n", lines) + "\n";
    }

    private static List<String> problems(LinuxFacts facts, String... lines) {
        return LinuxPlanner.check(TestHost.spec(vassal(lines)), facts.toFacts()).stream()
                .map(Problem::toString)
                .toList();
    }

    private static String plan(String... lines) {
        JailPlan plan = TestHost.plan(vassal(lines), TestHost.UNIFIED);
        return plan.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    unshare = clock              | "clock" is nothing to unshare
                    unshare = io                 | "io" is nothing to unshare
                    unshare2 = fs,               | "" is nothing to unshare
                    refork = true                | does nothing without a PID namespace
                    refork-as-root = yes         | does nothing without a PID namespace
                    re-fork = 1                  | does nothing without a PID namespace
                    namespace-keep-mount = /data | counts only beside namespace with a root of its own
                    """)
    void whatCannotBeDoneIsRefused(String line, String rule) {
        List<String> problems = problems(TestHost.UNIFIED, line);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains(rule), problems.toString());
    }

    @ParameterizedTest
    @CsvSource({"data:/data", "/data:data", "/:/data", "/data:/"})
    void keptMountNeedsAbsolutePaths(String value) {
        List<String> problems = problems(TestHost.UNIFIED, "namespace = /srv", "namespace-keep-mount = " + value);
        assertTrue(problems.get(0).contains("needs absolute paths, and not the root"), problems.toString());
    }

    @Test
    void namespacesNeedRightsAndAPidNamespaceAnInit() {
        assertTrue(problems(TestHost.NOT_ROOT, "unshare = ipc").get(0).contains("needs CAP_SYS_ADMIN"));
        String told = problems(TestHost.UNIFIED, "unshare = pid", "init = none").get(0);
        assertTrue(told.contains("needs a resident init"), told);
        assertEquals(List.of(), problems(TestHost.UNIFIED, "clone = pid", "unshare = pid", "init = none"));
    }

    @Test
    void hooksBeforeTheNamespaceExistsWouldChangeTheHost() {
        String rule = "would change the host without a namespace of its own";
        assertTrue(problems(TestHost.UNIFIED, "unshare = fs", "hook-pre-jail = umount:/x")
                .get(0)
                .contains(rule));
        assertTrue(problems(TestHost.UNIFIED, "unshare2 = fs", "hook-in-jail = umount:/x")
                .get(0)
                .contains(rule));
        assertEquals(List.of(), problems(TestHost.UNIFIED, "unshare = fs", "hook-post-jail = umount:/x"));
        assertEquals(List.of(), problems(TestHost.UNIFIED, "unshare2 = fs", "hook-as-root = umount:/x"));
        assertEquals(List.of(), problems(TestHost.UNIFIED, "unshare2 = uts", "hostname = x"));
        assertTrue(problems(TestHost.UNIFIED, "unshare2 = fs", "pivot-root = /a /a/b")
                .get(0)
                .contains(rule));
    }

    @Test
    void whatCloneMakesIsNotMadeAgain() {
        String plan = plan("clone = fs,ipc", "unshare = fs,ipc,uts", "unshare2 = uts,ipc,files,sysvsem");
        assertTrue(plan.contains("unshare(CLONE_NEWUTS)"), plan);
        assertEquals(1, plan.split("unshare\\(", -1).length - 1, plan);
    }

    @Test
    void userNamespaceIsMadeByTheClone() {
        String plan = plan("unshare = user,fs");
        assertTrue(plan.contains("CLONE_INTO_CGROUP|CLONE_NEWUSER"), plan);
        assertTrue(plan.contains("unshare(CLONE_NEWNS)"), plan);
        assertTrue(plan.contains("uid_map"), plan);
    }

    @ParameterizedTest
    @CsvSource({
        "unshare,  ,                 post-jail",
        "unshare,  refork-post-jail, in-jail",
        "unshare,  refork-as-root,   as-root",
        "unshare,  refork,           main",
        "unshare2, ,                 as-root",
        "unshare2, refork-post-jail, as-root",
        "unshare2, refork,           main",
    })
    void forkComesWhereItIsAskedForAndOnlyOnce(String key, String refork, String before) {
        String plan = plan(
                key + " = pid",
                refork == null ? "" : refork + " = true",
                "hook-pre-jail = mkdir:/pre-jail",
                "hook-post-jail = mkdir:/post-jail",
                "hook-in-jail = mkdir:/in-jail",
                "hook-as-root = mkdir:/as-root");
        assertEquals(2, plan.split("= init, which goes on", -1).length, plan);
        String after = plan.substring(plan.indexOf("= init, which goes on"));
        String next = after.lines().skip(1).findFirst().orElseThrow();
        assertTrue(before.equals("main") ? next.contains("= main") : next.contains("/" + before), plan);
    }

    @Test
    void procIsMountedByAProcessOfThePidNamespace() {
        String plan = plan("unshare = fs,pid", "refork = true");
        assertTrue(plan.indexOf("= init, which goes on") < plan.indexOf("\"proc\""), plan);
        assertFalse(plan("unshare = pid").contains("\"proc\""), "without fs it would be the host's");
    }
}
