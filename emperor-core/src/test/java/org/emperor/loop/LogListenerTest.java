package org.emperor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.realm.Ending;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Moment;
import org.emperor.realm.Outcome;
import org.emperor.realm.Phase;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalName;
import org.junit.jupiter.api.Test;

class LogListenerTest {
    private static final VassalName API = new VassalName("api");
    private static final IncarnationId THIRD = new IncarnationId(API, 3);

    private final List<String> lines = new ArrayList<>();
    private final RealmListener log = new LogListener(new Lines());

    @Test
    void launchThatFailedNamesStepReasonAndNextAttempt() {
        String detail = "step init/7 mount proc on /proc: EPERM (operation not permitted)";
        log.launchFailed(
                outcome(Ending.Kind.LAUNCH_FAILED, true, detail, ExitStatus.UNKNOWN),
                4,
                Optional.of(Duration.ofSeconds(4)));
        assertLogged(
                "WARNING cannot launch vassal api: step init/7 mount proc on /proc: EPERM (operation not permitted);"
                        + " next attempt in 4 s vassal=api incarnation=3 failures=4");
    }

    @Test
    void faultIsAWarningAndLoyalDeathIsNot() {
        log.died(outcome(Ending.Kind.DIED, true, "", ExitStatus.exited(3)), 2, Optional.of(Duration.ofMillis(4250)));
        log.died(outcome(Ending.Kind.DIED, false, "", ExitStatus.signaled(9, false)), 0, Optional.of(Duration.ZERO));
        assertLogged(
                "WARNING vassal api died: exit code 3 after 70 ms; next attempt in 4.3 s vassal=api incarnation=3 exit=3"
                        + " failures=2",
                "INFO vassal api died: signal 9 after 70 ms; next attempt at once vassal=api incarnation=3 signal=9");
    }

    @Test
    void lackOfMemoryIsToldApart() {
        ExitStatus itself = ExitStatus.signaled(9, false).withOomKills(1);
        ExitStatus others = ExitStatus.exited(1).withOomKills(3);
        log.died(outcome(Ending.Kind.DIED, false, "", itself), 0, Optional.of(Duration.ZERO));
        log.died(outcome(Ending.Kind.DIED, false, "", others), 0, Optional.of(Duration.ZERO));
        log.launchFailed(
                outcome(Ending.Kind.LAUNCH_FAILED, true, "step main/9", ExitStatus.UNKNOWN.withOomKills(2)),
                1,
                Optional.empty());
        assertLogged(
                "INFO vassal api died: signal 9 (out of memory) after 70 ms; next attempt at once vassal=api"
                        + " incarnation=3 signal=9 oom-kills=1",
                "INFO vassal api died: exit code 1 (3 processes of its jail ran out of memory) after 70 ms; next attempt"
                        + " at once vassal=api incarnation=3 exit=1 oom-kills=3",
                "WARNING cannot launch vassal api: step main/9 (out of memory); no next attempt vassal=api"
                        + " incarnation=3 failures=1");
    }

    @Test
    void workThatIsDoneAndReloadBySignalAreNoWarnings() {
        log.done(outcome(Ending.Kind.DIED, true, "", ExitStatus.exited(0)));
        log.reloading(THIRD, Signal.HUP);
        assertLogged(
                "INFO done after 70 ms vassal=api incarnation=3 exit=0",
                "INFO reloading by signal=HUP vassal=api incarnation=3");
    }

    @Test
    void endThatIsNotTriedAgainSaysSo() {
        log.died(outcome(Ending.Kind.DIED, true, "not ready within 5 s", ExitStatus.UNKNOWN), 6, Optional.empty());
        assertLogged("WARNING vassal api died: not ready within 5 s, unknown status after 70 ms; no next attempt"
                + " vassal=api incarnation=3 exit=unknown failures=6");
    }

    @Test
    void endBeforeTheProgramRanHasNoStatus() {
        Ending asked = new Ending(Ending.Kind.LEFT, false, "");
        log.left(new Outcome(THIRD, asked, ExitStatus.UNKNOWN, Moment.ZERO, Duration.ZERO));
        assertLogged("INFO ended as asked, before its program ran vassal=api incarnation=3");
    }

    @Test
    void hookThatFailedSaysWhatHappensNext() {
        log.errandFailed(THIRD, "vassals-stop-hook", "exit code 1", "the vassal stops all the same");
        assertLogged("WARNING hook vassals-stop-hook of vassal api failed: exit code 1; the vassal stops all the same"
                + " vassal=api incarnation=3");
    }

    @Test
    void refusalNamesFileLineKeyRuleAndRemedy() {
        Problem problem = new Problem(new Position("/v/api.ini", 3, 1), "memroy", "no such key", "did you mean x?");
        log.refused(new RefusedFile("api.ini", "/v/api.ini", "/v", List.of(problem)), true);
        assertLogged(
                "WARNING refused /v/api.ini:3:1: memroy: no such key; did you mean x?; its vassal runs on as it was"
                        + " file=/v/api.ini");
    }

    @Test
    void transitionsAreInfoAndDetailsAreDebug() {
        log.launching(THIRD);
        log.launched(THIRD, 4711);
        log.ready(THIRD);
        log.entered(THIRD, Phase.STOPPING);
        log.exited(THIRD, ExitStatus.exited(0));
        log.left(outcome(Ending.Kind.LEFT, false, "", ExitStatus.exited(0)));
        log.stopped(API);
        assertLogged(
                "DEBUG launching vassal=api incarnation=3",
                "INFO launched vassal=api incarnation=3 pid=4711",
                "INFO ready vassal=api incarnation=3",
                "DEBUG now stopping vassal=api incarnation=3",
                "DEBUG reaped vassal=api incarnation=3 exit=0",
                "INFO ended as asked vassal=api incarnation=3 exit=0",
                "INFO stopped vassal=api");
    }

    @Test
    void whatTheOperatorMustKnowIsAWarning() {
        log.overdue(THIRD, Phase.STARTING, Phase.KILLING);
        log.overdue(THIRD, Phase.STOPPING, Phase.KILLING);
        log.overdue(THIRD, Phase.KILLING, Phase.KILLING);
        log.overdue(THIRD, Phase.DISMANTLING, Phase.DISMANTLING);
        log.gaveUp(API, 7);
        log.noRoom(API, 20);
        log.trouble("cannot read /etc/vassals");
        log.missed(12);
        assertLogged(
                "WARNING not started in time, killing it vassal=api incarnation=3",
                "WARNING does not end, killing it vassal=api incarnation=3",
                "WARNING survives being killed, killing it again vassal=api incarnation=3",
                "WARNING not dismantled yet, by its jail or its vassals-stop-hook, trying again vassal=api incarnation=3",
                "WARNING given up until it is changed vassal=api failures=7",
                "WARNING cannot launch vassal api: the limits of this host (RLIMIT_NOFILE, kernel.pid_max) allow 20"
                        + " vassals; it waits until there is room vassal=api",
                "WARNING cannot read /etc/vassals",
                "WARNING the log is too slow missed=12");
    }

    @Test
    void signalsOrphansAndDefectsAreLogged() {
        log.signalled(Signal.TERM, 1, 0, true);
        log.signalled(Signal.USR1, 9, 1000, false);
        log.orphan(55, ExitStatus.signaled(15, false));
        log.defect("EXITED told of api.3: phase DISMANTLING");
        assertLogged(
                "INFO obeying signal=TERM sender-pid=1 sender-uid=0",
                "INFO ignoring signal=USR1 sender-pid=9 sender-uid=1000",
                "DEBUG reaped an orphan pid=55 signal=15",
                "ERROR defect of the emperor, please report: EXITED told of api.3: phase DISMANTLING");
    }

    private void assertLogged(String... expected) {
        assertEquals(List.of(expected), lines);
    }

    private static Outcome outcome(Ending.Kind kind, boolean fault, String text, ExitStatus status) {
        return new Outcome(THIRD, new Ending(kind, fault, text), status, Moment.ZERO, Duration.ofMillis(70));
    }

    private final class Lines implements System.Logger {
        @Override
        public String getName() {
            return "lines";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            lines.add(level + " " + message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... params) {
            lines.add(level + " " + format);
        }
    }
}
