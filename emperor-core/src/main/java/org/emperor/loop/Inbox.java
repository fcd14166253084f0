package org.emperor.loop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.emperor.jail.EventSink;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.IncarnationId;
import org.emperor.realm.VassalEvent;
import org.emperor.spec.Signal;

/** What the backend told in one wait. */
final class Inbox implements EventSink {
    record SignalNote(Signal signal, int senderPid, int senderUid) {}

    record Orphan(int pid, ExitStatus status) {}

    record ErrandFailure(IncarnationId incarnation, String hook, String why) {}

    private List<VassalEvent> events = new ArrayList<>();
    private List<SignalNote> signals = new ArrayList<>();
    private List<Orphan> orphans = new ArrayList<>();
    private List<ErrandFailure> errandFailures = new ArrayList<>();
    private List<String> troubles = new ArrayList<>();

    @Override
    public void vassal(VassalEvent event) {
        events.add(event);
    }

    @Override
    public void signal(Signal signal, int senderPid, int senderUid) {
        signals.add(new SignalNote(signal, senderPid, senderUid));
    }

    @Override
    public void orphan(int pid, ExitStatus status) {
        orphans.add(new Orphan(pid, status));
    }

    @Override
    public void errandFailed(IncarnationId incarnation, String hook, String why) {
        errandFailures.add(new ErrandFailure(incarnation, hook, why));
    }

    @Override
    public void trouble(String what) {
        troubles.add(what);
    }

    boolean hasEvents() {
        return !events.isEmpty();
    }

    /**
     * The events by kind: launched, failed, ready, exited, dismantled. Backends learn of a start and of the end that
     * follows it from different descriptors, in any order.
     */
    List<VassalEvent> takeEvents() {
        List<VassalEvent> taken = events;
        events = new ArrayList<>();
        taken.sort(Comparator.comparing(VassalEvent::kind));
        return taken;
    }

    List<SignalNote> takeSignals() {
        List<SignalNote> taken = signals;
        signals = new ArrayList<>();
        return taken;
    }

    List<Orphan> takeOrphans() {
        List<Orphan> taken = orphans;
        orphans = new ArrayList<>();
        return taken;
    }

    List<String> takeTroubles() {
        List<String> taken = troubles;
        troubles = new ArrayList<>();
        return taken;
    }

    List<ErrandFailure> takeErrandFailures() {
        List<ErrandFailure> taken = errandFailures;
        errandFailures = new ArrayList<>();
        return taken;
    }
}
