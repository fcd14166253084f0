package org.emperor.jail;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.emperor.realm.EventKind;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend does. A subclass says how to open it, what time it is, and how its specs look. */
public abstract class JailBackendContract {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SH = "/bin/sh";

    private JailBackend backend;
    private final List<VassalEvent> told = new ArrayList<>();

    /** A new backend, on a host of its own. */
    protected abstract JailBackend open() throws Exception;

    /** The clock by which the backend waits. */
    protected abstract Moment now();

    /** A spec that runs this program; the jail is the subclass's choice. */
    protected abstract VassalSpec spec(String name, String... argv);

    @BeforeEach
    void openBackend() throws Exception {
        backend = open();
    }

    @AfterEach
    void leaveNothingBehind() {
        told.stream()
                .map(VassalEvent::incarnation)
                .distinct()
                .filter(id -> count(id, EventKind.LAUNCHED) > 0 && !hasEnded(id))
                .toList()
                .forEach(this::killAndDismantle);
        backend.close();
        closeHost();
    }

    /** Closes what {@link #open} opened beside the backend. */
    protected void closeHost() {}

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 127, 255})
    void exitCodeIsToldExactly(int code) {
        IncarnationId api = launch("api", SH, "-c", "exit " + code);
        assertEquals(ExitStatus.exited(code), end(api).status());
    }

    @ParameterizedTest
    @CsvSource({"HUP, 1", "INT, 2", "KILL, 9", "USR1, 10", "ALRM, 14", "TERM, 15"})
    void deadlySignalIsToldExactly(String signal, int number) {
        IncarnationId api = launch("api", SH, "-c", "kill -" + signal + " $$; sleep 1000");
        assertEquals(ExitStatus.signaled(number, false), end(api).status());
    }

    @Test
    void launchEndsInExactlyOneEventAfterAtMostOneLaunched() {
        IncarnationId api = launch("api", SH, "-c", "exit 0");
        assertEquals(EventKind.EXITED, end(api).kind());
        dismantle(api);
        assertEndedOnce(api);
    }

    @Test
    void runningProgramIsToldWithItsProcessId() {
        IncarnationId api = launch("api", "/bin/sleep", "1000");
        assertTrue(launched(api).pid() > 1);
    }

    @Test
    void missingProgramIsALaunchFailureThatNamesIt() {
        IncarnationId api = launch("api", "/no/such/program");
        VassalEvent end = end(api);
        assertEquals(EventKind.LAUNCH_FAILED, end.kind());
        assertTrue(end.detail().contains("/no/such/program"), end.detail());
        assertEquals(0, count(api, EventKind.LAUNCHED));
        dismantle(api);
        assertEndedOnce(api);
    }

    @Test
    void signalReachesTheMainProgram() {
        IncarnationId api = launch("api", "/bin/sleep", "1000");
        launched(api);
        backend.signal(api, Signal.TERM);
        assertEquals(ExitStatus.signaled(15, false), end(api).status());
    }

    @Test
    void killEndsAProgramThatIgnoresTerm() {
        IncarnationId api = launch("api", SH, "-c", "trap '' TERM; kill -TERM $$; sleep 1000");
        launched(api);
        backend.signal(api, Signal.TERM);
        backend.kill(api);
        backend.kill(api);
        VassalEvent end = end(api);
        // A TERM that arrives before the trap is in force may win; what counts is that nothing outlives the kill.
        assertEquals(ExitStatus.Kind.SIGNALED, end.status().kind());
        dismantle(api);
        assertEndedOnce(api);
    }

    @Test
    void ignoredTermDoesNotEndTheProgram() {
        IncarnationId api = launch("api", SH, "-c", "trap '' TERM; kill -TERM $$; exit 42");
        assertEquals(ExitStatus.exited(42), end(api).status());
    }

    @Test
    void killDuringTheLaunchLeavesExactlyOneEnd() {
        IncarnationId api = launch("api", "/bin/sleep", "1000");
        backend.kill(api);
        VassalEvent end = end(api);
        assertTrue(end.kind() == EventKind.LAUNCH_FAILED || end.status().equals(ExitStatus.signaled(9, false)));
        dismantle(api);
        assertEndedOnce(api);
    }

    @Test
    void dismantleMayBeAskedAgain() {
        IncarnationId api = launch("api", SH, "-c", "exit 0");
        end(api);
        dismantle(api);
        backend.dismantle(api);
        dismantle(api);
        assertEndedOnce(api);
    }

    @Test
    void jailThatStandsIsNotDismantled() {
        IncarnationId api = launch("api", "/bin/sleep", "1000");
        launched(api);
        backend.dismantle(api);
        watchFor(Duration.ofMillis(300));
        assertEquals(0, count(api, EventKind.DISMANTLED));
        assertEquals(0, count(api, EventKind.EXITED));
    }

    @Test
    void nextIncarnationRunsAfterTheLastIsDismantled() {
        end(launch("api", SH, "-c", "exit 1"));
        dismantle(new IncarnationId(new VassalName("api"), 1));
        IncarnationId second = new IncarnationId(new VassalName("api"), 2);
        backend.launch(second, spec("api", SH, "-c", "exit 2"));
        assertEquals(ExitStatus.exited(2), end(second).status());
    }

    @Test
    void manyEndsAtOnceAreEachToldOnce() {
        List<IncarnationId> all = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            all.add(launch("storm" + n, SH, "-c", "exit " + n));
        }
        all.forEach(id -> assertEquals(
                ExitStatus.exited(Integer.parseInt(id.vassal().text().substring(5))), end(id).status()));
        all.forEach(this::dismantle);
        assertAll(all.stream().map(id -> () -> assertEndedOnce(id)));
    }

    @Test
    void effectsOnUnknownIncarnationsAreHarmless() {
        IncarnationId nobody = new IncarnationId(new VassalName("nobody"), 9);
        backend.signal(nobody, Signal.TERM);
        backend.kill(nobody);
        backend.dismantle(nobody);
        IncarnationId api = launch("api", SH, "-c", "exit 0");
        end(api);
        dismantle(api);
        assertTrue(told.stream()
                .filter(event -> event.incarnation().equals(nobody))
                .allMatch(event -> event.kind() == EventKind.DISMANTLED));
    }

    @Test
    void effectsOnAnEndedIncarnationAreHarmless() {
        IncarnationId api = launch("api", SH, "-c", "exit 0");
        end(api);
        backend.signal(api, Signal.TERM);
        backend.kill(api);
        dismantle(api);
        backend.signal(api, Signal.TERM);
        backend.kill(api);
        watchFor(Duration.ofMillis(100));
        assertEndedOnce(api);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void wakeBeforeTheWaitEndsIt() {
        backend.wake();
        backend.await(Optional.empty(), new Sink());
        assertEquals(List.of(), told);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void wakeFromAnotherThreadEndsTheWait() throws InterruptedException {
        Thread other = new Thread(backend::wake);
        other.start();
        backend.await(Optional.empty(), new Sink());
        other.join();
        assertEquals(List.of(), told);
    }

    @Test
    void waitEndsAtItsMoment() {
        Moment until = now().plus(Duration.ofMillis(50));
        watchFor(Duration.ofMillis(50));
        assertTrue(!until.isAfter(now()));
        backend.await(Optional.of(Moment.ZERO), new Sink());
    }

    @Test
    void nothingIsToldAfterTheClose() {
        launched(launch("api", "/bin/sleep", "1000"));
        launch("late", SH, "-c", "exit 0");
        backend.close();
        told.clear();
        backend.await(Optional.of(now().plus(Duration.ofMillis(100))), new Sink());
        backend.close();
        assertEquals(List.of(), told);
    }

    @Test
    void hostAllowsSomeVassals() {
        assertTrue(backend.capacity() > 0);
    }

    private IncarnationId launch(String name, String... argv) {
        IncarnationId id = new IncarnationId(new VassalName(name), 1);
        backend.launch(id, spec(name, argv));
        return id;
    }

    private VassalEvent launched(IncarnationId id) {
        waitUntil(() -> count(id, EventKind.LAUNCHED) > 0, "LAUNCHED of " + id);
        return told.stream()
                .filter(event -> event.incarnation().equals(id) && event.kind() == EventKind.LAUNCHED)
                .findFirst()
                .orElseThrow();
    }

    private VassalEvent end(IncarnationId id) {
        waitUntil(() -> hasEnded(id), "the end of " + id);
        return told.stream()
                .filter(event -> event.incarnation().equals(id) && isEnd(event))
                .findFirst()
                .orElseThrow();
    }

    /** Asks until it is told, as the loop does. */
    private void dismantle(IncarnationId id) {
        long before = count(id, EventKind.DISMANTLED);
        Moment limit = now().plus(LIMIT);
        while (count(id, EventKind.DISMANTLED) == before) {
            assertTrue(limit.isAfter(now()), "not dismantled in time: " + id + "; told: " + told);
            backend.dismantle(id);
            watchFor(Duration.ofMillis(200), () -> count(id, EventKind.DISMANTLED) > before);
        }
    }

    private void killAndDismantle(IncarnationId id) {
        backend.kill(id);
        end(id);
        dismantle(id);
    }

    private void assertEndedOnce(IncarnationId id) {
        assertEquals(
                1, count(id, EventKind.LAUNCH_FAILED) + count(id, EventKind.EXITED), "ends of " + id + ": " + told);
        assertTrue(count(id, EventKind.LAUNCHED) <= 1, "starts of " + id + ": " + told);
    }

    private void waitUntil(BooleanSupplier condition, String what) {
        watchFor(LIMIT, condition);
        assertTrue(condition.getAsBoolean(), what + " is not told in time; told: " + told);
    }

    private void watchFor(Duration time) {
        watchFor(time, () -> false);
    }

    private void watchFor(Duration time, BooleanSupplier enough) {
        Moment limit = now().plus(time);
        while (!enough.getAsBoolean() && limit.isAfter(now())) {
            backend.await(Optional.of(limit), new Sink());
        }
    }

    private boolean hasEnded(IncarnationId id) {
        return told.stream().anyMatch(event -> event.incarnation().equals(id) && isEnd(event));
    }

    private static boolean isEnd(VassalEvent event) {
        return event.kind() == EventKind.EXITED || event.kind() == EventKind.LAUNCH_FAILED;
    }

    private long count(IncarnationId id, EventKind kind) {
        return told.stream()
                .filter(event -> event.incarnation().equals(id) && event.kind() == kind)
                .count();
    }

    private final class Sink implements EventSink {
        @Override
        public void vassal(VassalEvent event) {
            told.add(event);
        }

        @Override
        public void signal(Signal signal, int senderPid, int senderUid) {}

        @Override
        public void orphan(int pid, ExitStatus status) {}
    }
}
