package org.emperor.loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.Outcome;
import org.emperor.realm.Phase;
import org.emperor.spec.Signal;
import org.emperor.spec.VassalName;

/** Writes down what a listener was told, a short line each. */
final class Chronicle implements RealmListener {
    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    long count(String start) {
        return lines.stream().filter(line -> line.startsWith(start)).count();
    }

    void forget() {
        lines.clear();
    }

    @Override
    public void launching(IncarnationId incarnation) {
        lines.add("launching " + incarnation);
    }

    @Override
    public void launched(IncarnationId incarnation, int pid) {
        lines.add("launched " + incarnation);
    }

    @Override
    public void ready(IncarnationId incarnation) {
        lines.add("ready " + incarnation);
    }

    @Override
    public void overdue(IncarnationId incarnation, Phase phase, Phase now) {
        lines.add("overdue " + incarnation + " " + phase + " " + now);
    }

    @Override
    public void exited(IncarnationId incarnation, ExitStatus status) {
        lines.add("exited " + incarnation + " " + status);
    }

    @Override
    public void launchFailed(Outcome outcome, int failures, Optional<Duration> next) {
        lines.add("launch failed " + outcome.incarnation() + " "
                + outcome.ending().text() + next(next));
    }

    @Override
    public void died(Outcome outcome, int failures, Optional<Duration> next) {
        lines.add("died " + outcome.incarnation() + " " + outcome.status() + next(next));
    }

    @Override
    public void done(Outcome outcome) {
        lines.add("done " + outcome.incarnation() + " " + outcome.status());
    }

    @Override
    public void reloading(IncarnationId incarnation, Signal signal) {
        lines.add("reloading " + incarnation + " " + signal);
    }

    @Override
    public void left(Outcome outcome) {
        lines.add("left " + outcome.incarnation() + " " + outcome.status());
    }

    @Override
    public void stopped(VassalName vassal) {
        lines.add("stopped " + vassal);
    }

    @Override
    public void gaveUp(VassalName vassal, int failures) {
        lines.add("gave up " + vassal);
    }

    @Override
    public void noRoom(VassalName vassal, int capacity) {
        lines.add("no room " + vassal + " " + capacity);
    }

    @Override
    public void refused(RefusedFile file, boolean running) {
        lines.add("refused " + file.id() + (running ? " running" : ""));
    }

    @Override
    public void trouble(String trouble) {
        lines.add("trouble " + trouble);
    }

    @Override
    public void signalled(Signal signal, int senderPid, int senderUid, boolean obeyed) {
        lines.add("signal " + signal + (obeyed ? " obeyed" : " ignored"));
    }

    @Override
    public void orphan(int pid, ExitStatus status) {
        lines.add("orphan " + pid);
    }

    @Override
    public void defect(String what) {
        lines.add("defect " + what);
    }

    @Override
    public void missed(long tidings) {
        lines.add("missed " + tidings);
    }

    private static String next(Optional<Duration> next) {
        return next.map(delay -> " next " + delay.toMillis()).orElse("");
    }
}
