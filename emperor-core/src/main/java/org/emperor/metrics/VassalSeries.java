package org.emperor.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.emperor.loop.RealmSnapshot;
import org.emperor.loop.VassalView;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.Moment;

/** The per-vassal metrics of one snapshot; a vassal has no point in a metric that does not apply to it. */
final class VassalSeries {

    private record Metric(
            String name,
            String meaning,
            boolean counts,
            BiFunction<RealmSnapshot, VassalView, Optional<Double>> value) {}

    private static final String STATE = "emperor_vassal_state";

    private static final List<Metric> METRICS = List.of(
            gauge("up", "1 while its program runs", (realm, vassal) -> flag(vassal.pid() > 0)),
            gauge("loyal", "1 once it proved itself", (realm, vassal) -> flag(vassal.loyal())),
            gauge(
                    "edit_refused",
                    "1 while it runs although its file as it stands was refused",
                    (realm, vassal) -> flag(vassal.editRefused())),
            gauge("consecutive_failures", "Faults in a row", (realm, vassal) -> number(vassal.failures())),
            counter("launches", "Launches since the emperor started", (realm, vassal) -> number(vassal.launches())),
            counter("deaths", "Ends that nobody asked for", (realm, vassal) -> number(vassal.deaths())),
            gauge(
                    "start_time_seconds",
                    "When its present incarnation was launched, since the epoch",
                    (realm, vassal) -> time(realm, vassal.born())),
            gauge(
                    "next_attempt_time_seconds",
                    "When it will be launched again, since the epoch",
                    (realm, vassal) -> time(realm, vassal.nextAttempt())),
            gauge(
                    "last_exit_code",
                    "Exit code of its last incarnation, if it exited",
                    (realm, vassal) -> ended(vassal, ExitStatus.Kind.EXITED)),
            gauge(
                    "last_exit_signal",
                    "Signal that ended its last incarnation, if one did",
                    (realm, vassal) -> ended(vassal, ExitStatus.Kind.SIGNALED)));

    private final RealmSnapshot realm;
    private final List<Labels> labels;

    VassalSeries(RealmSnapshot realm) {
        this.realm = realm;
        this.labels = realm.vassals().stream()
                .map(vassal -> Labels.of("vassal", vassal.name().text()))
                .toList();
    }

    static List<String> names() {
        List<String> names = new ArrayList<>(METRICS.stream().map(Metric::name).toList());
        names.add(STATE);
        return names;
    }

    List<MetricSnapshot> snapshots() {
        List<MetricSnapshot> all = new ArrayList<>();
        all.add(states());
        METRICS.forEach(metric -> all.add(metric.counts() ? counter(metric) : gauge(metric)));
        return all;
    }

    private MetricSnapshot states() {
        List<GaugeDataPointSnapshot> points = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            String state = realm.vassals().get(i).state().toString();
            points.add(new GaugeDataPointSnapshot(1, labels.get(i).add("state", state), null));
        }
        return new GaugeSnapshot(
                new MetricMetadata(STATE, "1 for the state it is in; no other state has a point"), points);
    }

    private MetricSnapshot gauge(Metric metric) {
        List<GaugeDataPointSnapshot> points = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            Labels of = labels.get(i);
            metric.value()
                    .apply(realm, realm.vassals().get(i))
                    .ifPresent(value -> points.add(new GaugeDataPointSnapshot(value, of, null)));
        }
        return new GaugeSnapshot(new MetricMetadata(metric.name(), metric.meaning()), points);
    }

    private MetricSnapshot counter(Metric metric) {
        List<CounterDataPointSnapshot> points = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            Labels of = labels.get(i);
            metric.value()
                    .apply(realm, realm.vassals().get(i))
                    .ifPresent(value -> points.add(new CounterDataPointSnapshot(value, of, null, 0)));
        }
        return new CounterSnapshot(new MetricMetadata(metric.name(), metric.meaning()), points);
    }

    private static Metric gauge(
            String name, String meaning, BiFunction<RealmSnapshot, VassalView, Optional<Double>> value) {
        return new Metric("emperor_vassal_" + name, meaning, false, value);
    }

    private static Metric counter(
            String name, String meaning, BiFunction<RealmSnapshot, VassalView, Optional<Double>> value) {
        return new Metric("emperor_vassal_" + name, meaning, true, value);
    }

    private static Optional<Double> flag(boolean set) {
        return number(set ? 1 : 0);
    }

    private static Optional<Double> number(long value) {
        return Optional.of((double) value);
    }

    private static Optional<Double> time(RealmSnapshot realm, Optional<Moment> moment) {
        return moment.map(realm::timeOf).map(Instant::toEpochMilli).map(millis -> millis / 1e3);
    }

    private static Optional<Double> ended(VassalView vassal, ExitStatus.Kind kind) {
        return vassal.last().filter(status -> status.kind() == kind).map(status -> (double) status.value());
    }
}
