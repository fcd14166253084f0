package org.emperor.loop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.emperor.lang.Problem;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Outcome;
import org.emperor.realm.Phase;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalName;

/** Writes what happens in the realm to the log, one line each. */
public final class LogListener implements RealmListener {
    private final Logger logger;

    public LogListener(Logger logger) {
        this.logger = logger;
    }

    @Override
    public void launching(IncarnationId incarnation) {
        logger.log(Level.DEBUG, () -> "launching" + about(incarnation));
    }

    @Override
    public void launched(IncarnationId incarnation, int pid) {
        logger.log(Level.INFO, () -> "launched" + about(incarnation) + " pid=" + pid);
    }

    @Override
    public void ready(IncarnationId incarnation) {
        logger.log(Level.INFO, () -> "ready" + about(incarnation));
    }

    @Override
    public void entered(IncarnationId incarnation, Phase phase) {
        logger.log(Level.DEBUG, () -> "now " + phase.name().toLowerCase(Locale.ROOT) + about(incarnation));
    }

    @Override
    public void overdue(IncarnationId incarnation, Phase phase, Phase now) {
        String what =
                switch (phase) {
                    case STARTING -> "not started in time, killing it";
                    case RUNNING, LOYAL -> "no word in time, stopping it";
                    case STOPPING -> now == phase ? "does not end, asking again" : "does not end, killing it";
                    case KILLING -> "survives being killed, killing it again";
                    case DISMANTLING -> "not dismantled yet, by its jail or its vassals-stop-hook, trying again";
                };
        logger.log(Level.WARNING, what + about(incarnation));
    }

    @Override
    public void exited(IncarnationId incarnation, ExitStatus status) {
        logger.log(Level.DEBUG, () -> "reaped" + about(incarnation) + status(status));
    }

    @Override
    public void launchFailed(Outcome outcome, int failures, Optional<Duration> next) {
        IncarnationId incarnation = outcome.incarnation();
        logger.log(
                Level.WARNING,
                "cannot launch vassal " + incarnation.vassal() + ": " + outcome.text() + "; " + next(next)
                        + about(incarnation) + " failures=" + failures);
    }

    @Override
    public void died(Outcome outcome, int failures, Optional<Duration> next) {
        boolean fault = outcome.ending().fault();
        String why = outcome.ending().text();
        String text = "vassal " + outcome.incarnation().vassal() + " died: "
                + (why.isEmpty() ? "" : why + ", ") + outcome.status() + " after " + text(outcome.lived()) + "; "
                + next(next) + about(outcome.incarnation()) + status(outcome.status());
        logger.log(fault ? Level.WARNING : Level.INFO, fault ? text + " failures=" + failures : text);
    }

    @Override
    public void done(Outcome outcome) {
        logger.log(
                Level.INFO,
                () -> "done after " + text(outcome.lived()) + about(outcome.incarnation()) + status(outcome.status()));
    }

    @Override
    public void reloading(IncarnationId incarnation, Signal signal) {
        logger.log(Level.INFO, () -> "reloading by signal=" + signal + about(incarnation));
    }

    @Override
    public void left(Outcome outcome) {
        logger.log(
                Level.INFO,
                () -> outcome.ran()
                        ? "ended as asked" + about(outcome.incarnation()) + status(outcome.status())
                        : "ended as asked, before its program ran" + about(outcome.incarnation()));
    }

    @Override
    public void stopped(VassalName vassal) {
        logger.log(Level.INFO, () -> "stopped vassal=" + vassal);
    }

    @Override
    public void gaveUp(VassalName vassal, int failures) {
        logger.log(Level.WARNING, () -> "given up until it is changed vassal=" + vassal + " failures=" + failures);
    }

    @Override
    public void noRoom(VassalName vassal, int capacity) {
        logger.log(
                Level.WARNING,
                "cannot launch vassal " + vassal + ": the limits of this host (RLIMIT_NOFILE, kernel.pid_max) allow "
                        + capacity + " vassals; it waits until there is room vassal=" + vassal);
    }

    @Override
    public void refused(RefusedFile file, boolean running) {
        for (Problem problem : file.problems()) {
            logger.log(
                    Level.WARNING,
                    "refused " + problem + (running ? "; its vassal runs on as it was" : "") + " file=" + file.file());
        }
    }

    @Override
    public void trouble(String trouble) {
        logger.log(Level.WARNING, trouble);
    }

    @Override
    public void signalled(Signal signal, int senderPid, int senderUid, boolean obeyed) {
        logger.log(
                Level.INFO,
                (obeyed ? "obeying" : "ignoring") + " signal=" + signal + " sender-pid=" + senderPid + " sender-uid="
                        + senderUid);
    }

    @Override
    public void orphan(int pid, ExitStatus status) {
        logger.log(Level.DEBUG, () -> "reaped an orphan pid=" + pid + status(status));
    }

    @Override
    public void errandFailed(IncarnationId incarnation, String hook, String why, String next) {
        logger.log(
                Level.WARNING,
                "hook " + hook + " of vassal " + incarnation.vassal() + " failed: " + why + "; " + next
                        + about(incarnation));
    }

    @Override
    public void defect(String what) {
        logger.log(Level.ERROR, "defect of the emperor, please report: " + what);
    }

    @Override
    public void missed(long tidings) {
        logger.log(Level.WARNING, "the log is too slow missed=" + tidings);
    }

    private static String about(IncarnationId incarnation) {
        return " vassal=" + incarnation.vassal() + " incarnation=" + incarnation.number();
    }

    private static String status(ExitStatus status) {
        String memory = status.oomKills() == 0 ? "" : " oom-kills=" + status.oomKills();
        return switch (status.kind()) {
            case EXITED -> " exit=" + status.value() + memory;
            case SIGNALED -> " signal=" + status.value() + memory;
            case UNKNOWN -> " exit=unknown" + memory;
        };
    }

    private static String next(Optional<Duration> next) {
        return next.map(delay -> delay.isZero() ? "next attempt at once" : "next attempt in " + text(delay))
                .orElse("no next attempt");
    }

    /** Two digits are enough: {@code 250 ms}, {@code 4.2 s}, {@code 61 s}. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        boolean whole = millis >= 10_000 || millis % 1000 == 0;
        return whole ? Math.round(millis / 1000.0) + " s" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
