package org.emperor.loop;

import static org.emperor.loop.Reigning.appeared;
import static org.emperor.loop.Reigning.edited;
import static org.emperor.loop.Reigning.refused;
import static org.emperor.loop.Reigning.vanished;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.loop.VassalView.State;
import org.emperor.monitor.Change;
import org.emperor.realm.Specs;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that are refused: nobody is disturbed by them, and people see them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusalTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** After this everything that changed is in the snapshot. */
    private static final Duration SHOWN = Duration.ofMillis(200);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final VassalSpec API = Specs.spec("api");

    private final Reigning reigning = new Reigning();

    @Test
    void refusedEditNeverDisturbsARunningVassalAndIsShown() {
        reigning.change(appeared(API));
        reigning.pass(MINUTE);
        reigning.change(refused("api"));
        reigning.pass(MINUTE);
        assertEquals(State.RUNNING, reigning.view("api").state());
        assertTrue(reigning.view("api").editRefused());
        assertEquals("api.ini", reigning.emperor.snapshot().refused().get(0).id());
        assertEquals(List.of("api.1"), reigning.launched());
        assertEquals(1, reigning.chronicle.count("refused api.ini running"));
    }

    @Test
    void refusedEditThatIsTakenBackChangesNothing() {
        reigning.change(appeared(API));
        reigning.pass(MINUTE);
        reigning.change(refused("api"));
        reigning.change(edited(API));
        reigning.pass(MINUTE);
        assertFalse(reigning.view("api").editRefused());
        assertEquals(List.of(), reigning.emperor.snapshot().refused());
        assertEquals(List.of("api.1"), reigning.launched());
    }

    @Test
    void refusedFileOfSeveralInstancesIsToldOnceAndOneRefusedInstanceAlone() {
        Change first = instance(Change.Kind.APPEARED, "web@1");
        Change third = instance(Change.Kind.APPEARED, "web@3");
        reigning.change(first, instance(Change.Kind.REFUSED, "web@2"), third);
        reigning.pass(MINUTE);
        assertEquals(List.of("web@2.ini"), refusedIds());
        assertFalse(reigning.view("web@1").editRefused());

        reigning.change(whole("web@1"), whole("web@3"));
        reigning.pass(SHOWN);
        assertEquals(List.of("web.ini", "web@2.ini"), refusedIds());
        assertTrue(reigning.view("web@3").editRefused());
        assertEquals(1, reigning.chronicle.count("refused web.ini running"));

        reigning.change(instance(Change.Kind.EDITED, "web@1"), instance(Change.Kind.VANISHED, "web@3"));
        reigning.pass(MINUTE);
        assertEquals(List.of("web@2.ini"), refusedIds());
        assertEquals(List.of("web@1.1", "web@3.1"), reigning.launched(), "nothing new is wanted of the first");
        assertEquals(Set.of("web@1.1"), reigning.backend.standing());
    }

    private List<String> refusedIds() {
        return reigning.emperor.snapshot().refused().stream()
                .map(RefusedFile::id)
                .toList();
    }

    private static Change instance(Change.Kind kind, String name) {
        boolean inForce = kind == Change.Kind.APPEARED || kind == Change.Kind.EDITED;
        return new Change(
                kind,
                Path.of("/etc/vassals/web.ini"),
                name + ".ini",
                kind == Change.Kind.REFUSED ? Optional.empty() : VassalName.parse(name),
                "/etc/vassals",
                inForce ? Optional.of(Specs.spec(name)) : Optional.empty(),
                refused(name).problems());
    }

    private static Change whole(String name) {
        return new Change(
                Change.Kind.REFUSED,
                Path.of("/etc/vassals/web.ini"),
                "web.ini",
                VassalName.parse(name),
                "/etc/vassals",
                Optional.empty(),
                refused("web").problems());
    }

    @Test
    void refusedFileStartsNobodyIsToldOnceAndVanishesQuietly() {
        reigning.change(refused("api"));
        reigning.change(refused("api"));
        reigning.pass(SECOND);
        assertEquals(1, reigning.emperor.snapshot().refused().size());
        assertEquals(List.of(), reigning.emperor.snapshot().vassals());
        reigning.change(vanished("api"));
        reigning.pass(SECOND);
        assertEquals(List.of(), reigning.emperor.snapshot().refused());
        assertEquals(List.of("refused api.ini"), reigning.chronicle.lines());
    }
}
