package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.emperor.jail.JailPlan;
import org.emperor.jail.PlanRefusal;
import org.emperor.jail.Step;
import org.emperor.lang.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxPlannerTest {

    @Test
    void secretsOfTheEnvironmentAreInThePlanButNotInItsText() {
        JailPlan plan = TestHost.plan("[vassal]\nexec = /bin/app\nenv = TOKEN=hush\n", TestHost.UNIFIED);
        Step exec = plan.main().get(plan.main().size() - 1);
        assertTrue(exec.args().get(2).toString().contains("TOKEN=hush"));
        assertFalse(plan.toString().contains("hush"));
        assertTrue(plan.toString().contains("TOKEN=*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"init = none", "init = resident"})
    void planOfAStandingJailHasAllButItsSteps(String init) {
        JailPlan plan = TestHost.plan(
                "[vassal]\nexec = /a\njail-preset = standard\nmemory-max = 1G\n" + init + "\n", TestHost.UNIFIED);
        JailPlan standing = plan.standing();
        assertEquals(plan.isResident(), standing.isResident());
        assertEquals(plan.prepare(), standing.prepare());
        assertEquals(plan.cloneFlags(), standing.cloneFlags());
        assertEquals(CgroupPart.deathsByMemory(plan), CgroupPart.deathsByMemory(standing));
        assertTrue(standing.init().size() + standing.main().size() <= 1);
    }

    /** A mask may fail where there is nothing to mask: from elsewhere it would, unseen. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jail-preset = compat",
                "jail-preset = standard",
                "jail-preset = strict\nseccomp = none",
                "jail-preset = standard\nnamespace = /srv/root\nmask = /etc/secret",
                "jail-preset = standard\nprivate-dev = no\nhook-as-root = cd:/srv"
            })
    void masksAreMountedFromTheDirectoryThatHoldsThem(String lines) {
        JailPlan plan = TestHost.plan("[vassal]\nexec = /a\n" + lines + "\n", TestHost.UNIFIED);
        String directory = "";
        int masks = 0;
        for (Step step : plan.init()) {
            String text = step.text().strip();
            directory = text.startsWith("fchdir") || text.startsWith("chdir") ? text : directory;
            if (text.startsWith("mount(\"file\"") || text.startsWith("mount(\"directory\"")) {
                assertEquals("fchdir(<mask>)", directory, text);
                masks++;
            }
            if (text.startsWith("umount2(\".\"") && masks > 0) {
                assertEquals("fchdir(<mask>)", directory, text);
            }
        }
        assertTrue(masks > 10, masks + " masks");
    }

    @Test
    void lastTryToExecuteIsTheOneThatMustSucceed() {
        JailPlan plan = TestHost.plan("[vassal]\nexec = app\nenv = PATH=/a:/b\n", TestHost.UNIFIED);
        List<Step> tries = plan.main().stream()
                .filter(step -> step.flags().contains(Step.Flag.EXEC))
                .toList();
        assertEquals(2, tries.size());
        assertTrue(tries.get(0).flags().contains(Step.Flag.MAY_FAIL));
        assertFalse(tries.get(1).flags().contains(Step.Flag.MAY_FAIL));
    }

    @Test
    void limitThatTheHostCannotEnforceIsRefused() {
        PlanRefusal refusal = assertThrows(
                PlanRefusal.class, () -> TestHost.plan("[vassal]\nexec = /a\npids-max = 5\n", TestHost.BARE));
        assertTrue(refusal.getMessage().contains("this host has no cgroups"));
    }

    @Test
    void oomScoreOfTheEmperorIsNotTheProgramsWhereThatCanBe() {
        String reset = "write(\"/proc/{pid}/oom_score_adj\", \"0\")";
        assertTrue(planUnder(-1L, -900).contains(reset));
        assertTrue(planUnder(0, -900).contains(reset), "raising it needs no right");
        assertTrue(planUnder(-1L, 300).contains(reset));
        assertFalse(planUnder(0, 300).contains("oom_score_adj"), "lowering it does");
        assertFalse(planUnder(-1L, 0).contains("oom_score_adj"));
    }

    private static String planUnder(long capabilities, int oomScoreAdj) {
        Means means = new Means(capabilities, 0, oomScoreAdj, 4, 1 << 20, Map.of());
        LinuxFacts facts =
                new LinuxFacts(Arch.X86_64, "6.1", true, true, true, Cgroups.unified("/cg"), 1 << 30, 4096, 40, means);
        return TestHost.plan("[vassal]\nexec = /a\n", facts).toString();
    }

    @Test
    void namespacesWithoutRootAreRefused() {
        PlanRefusal refusal = assertThrows(
                PlanRefusal.class, () -> TestHost.plan("[vassal]\nexec = /a\nclone = pid\n", TestHost.NOT_ROOT));
        assertTrue(refusal.getMessage().contains("needs CAP_SYS_ADMIN"));
    }

    @Test
    void emperorThatIsNotRootChangesNoIds() {
        String plan = TestHost.plan("[vassal]\nexec = /a\n", TestHost.NOT_ROOT).toString();
        assertFalse(plan.contains("setgroups"), "which it may not even for its own groups");
        assertFalse(plan.contains("chown"), "what it makes is its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostname = a b", "hostname = a\u0007", "hostname = \u00e4", "namespace = /srv/a:a/b"})
    void hostNameHasLettersDigitsAndFewSigns(String line) {
        String ini = "[vassal]\nexec = /a\nclone = uts\n" + line + "\n";
        Problem problem = LinuxPlanner.check(TestHost.spec(ini), TestHost.UNIFIED.toFacts())
                .get(0);
        assertEquals(
                "not the name of a host; use 1 to 64 of A-Z a-z 0-9 - . _", problem.rule() + "; " + problem.remedy());
    }

    @Test
    void hostNameMayBeAsLongAsTheKernelAllows() {
        for (int length : List.of(1, 64, 65)) {
            String ini = "[vassal]\nexec = /a\nclone = uts\nhostname = " + "-".repeat(length) + "\n";
            boolean fine = LinuxPlanner.check(TestHost.spec(ini), TestHost.UNIFIED.toFacts())
                    .isEmpty();
            assertEquals(length <= 64, fine, () -> length + " bytes");
        }
    }

    @Test
    void everyProblemOfTheJailIsToldWithItsPlace() {
        List<String> problems = LinuxPlanner.check(TestHost.spec("""
                        [vassal]
                        exec = /bin/app
                        clone = ipc,typo
                        hostname = x
                        pivot-root = /new /elsewhere
                        ionice = best-effort:8
                        hook-as-root = mount:none /a /b bind
                        hook-as-root = exec:echo needs no namespace
                        """), TestHost.UNIFIED.toFacts()).stream()
                .map(Problem::toString)
                .toList();
        assertEquals(
                List.of(
                        "api.ini:3:9: clone: unknown namespace \"typo\"; known are fs net ipc uts pid user cgroup time",
                        "api.ini:5:14: pivot-root: the second directory must lie below the first; write pivot-root = NEW NEW/OLD",
                        "api.ini:6:10: ionice: no such class and level; allowed: none, idle, best-effort:0 to best-effort:7, realtime:0 to realtime:7",
                        "api.ini:4:12: hostname: would change the host without a namespace of its own; add uts to clone",
                        "api.ini:5:14: pivot-root: would change the host without a namespace of its own; add fs to clone",
                        "api.ini:7:16: hook-as-root: would change the host without a namespace of its own; add fs to clone"),
                problems);
    }
}
