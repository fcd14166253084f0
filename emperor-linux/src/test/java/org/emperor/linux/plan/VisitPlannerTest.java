package org.emperor.linux.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.jail.JailPlan;
import org.emperor.jail.Step;
import org.emperor.jail.Visit;
import org.emperor.linux.plan.Filters.Filter;
import org.emperor.linux.plan.Landlock.PathRule;
import org.emperor.linux.plan.Landlock.PortRule;
import org.emperor.realm.IncarnationId;
import org.emperor.spec.Identity;
import org.emperor.spec.Resource;
import org.emperor.spec.ResourceLimit;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitPlannerTest {
    private static final Path GOLDEN = Path.of("src/test/resources/plans/visit.plan");
    private static final long ALL = (1L << 41) - 1;
    private static final long WITHOUT_TWO = ALL & ~(1L << 21) & ~1L;

    private static final Restraints RESTRAINTS = new Restraints(
            Optional.of(new Landlock(
                    List.of(new PathRule("/srv", false, false), new PathRule("/tmp", true, true)),
                    List.of(new PortRule(Landlock.BIND, 80)),
                    Landlock.BIND,
                    0,
                    Landlock.SIGNALS)),
            6,
            List.of(new Filter(new byte[16], "one"), new Filter(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, "two words")));

    private static JailPlan plan(boolean terminal, List<String> argv, NamespaceFile... joins) {
        Identity www = new Identity("www", 33, 33, List.of(33, 100), "/var/www", "/bin/sh");
        IncarnationId web = new IncarnationId(new VassalName("web"), 3);
        return VisitPlanner.plan(
                new Visit(50, "11112222", Path.of("/run/emperor"), web, 77, argv, www, true, terminal, true),
                new VisitFacts(
                        Arch.X86_64,
                        List.of(joins),
                        VisitFacts.Builder.ROOT,
                        true,
                        WITHOUT_TWO,
                        40,
                        true,
                        List.of(
                                new ResourceLimit(Resource.NPROC, 10, ResourceLimit.UNLIMITED),
                                new ResourceLimit(Resource.NOFILE, 12, 20)),
                        RESTRAINTS,
                        Map.of("TOKEN", "hush")));
    }

    /** {@code -Demperor.write=true} writes what the code says now, for a look at the diff. */
    @Test
    void visitOfAUserNamespaceOnATerminalIsTheGoldenPlan() throws IOException {
        String plan =
                plan(true, List.of("/bin/top", "-b"), NamespaceFile.values()).toString();
        if (Boolean.getBoolean("emperor.write")) {
            Files.writeString(GOLDEN, plan);
        }
        assertEquals(Files.readString(GOLDEN), plan);
    }

    @Test
    void restraintsAreTheSameAfterTheyWereNoted() {
        Restraints again = Restraints.parse(RESTRAINTS.text());
        assertEquals(RESTRAINTS.landlock(), again.landlock());
        assertEquals(6, again.version());
        assertEquals(RESTRAINTS.text(), again.text());
        assertEquals("two words", again.filters().get(1).about());
        assertArrayEquals(
                new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, again.filters().get(1).program());
        assertEquals("", Restraints.NONE.text());
        assertEquals(Restraints.NONE, Restraints.parse(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "path true true Lw==",
                "landlock 1 2 3",
                "filter x",
                "filter a b c",
                "landlock 1 2 3 x",
                "filter ! !"
            })
    void brokenNoteIsNoNote(String note) {
        assertThrows(IllegalArgumentException.class, () -> Restraints.parse(note));
    }

    @Test
    void rightsComeFirstAndThePidNamespaceIsForTheChild() {
        List<Step> init = plan(false, List.of("id"), NamespaceFile.values()).init();
        List<String> joins = init.stream()
                .map(Step::object)
                .filter(object -> object.startsWith("join namespace "))
                .toList();
        assertEquals("join namespace user", joins.get(0));
        assertEquals("join namespace pid", joins.get(joins.size() - 1));
        assertEquals(NamespaceFile.values().length, joins.size());
        assertEquals(Step.Kind.FORK_STAY, init.get(init.size() - 1).kind());
    }

    @Test
    void orphansAreTheVisitsOwnOnlyWithoutAPidNamespace() {
        String reaper = "become the reaper of the visit's orphans";
        assertTrue(objects(plan(false, List.of("id"))).contains(reaper));
        assertFalse(objects(plan(false, List.of("id"), NamespaceFile.PID)).contains(reaper));
    }

    @Test
    void withoutACommandItIsTheBestShellThereIs() {
        List<Step> main = plan(true, List.of()).main();
        assertEquals("execute /bin/bash", main.get(main.size() - 2).object());
        assertTrue(main.get(main.size() - 2).flags().contains(Step.Flag.MAY_FAIL));
        assertEquals("execute /bin/sh", main.get(main.size() - 1).object());
    }

    private static List<String> objects(JailPlan plan) {
        return plan.init().stream().map(Step::object).toList();
    }
}
