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
import java.util.function.Function;
import org.emperor.log.LogCounters;
import org.emperor.log.LogCounts;
import org.emperor.loop.RealmSnapshot;
import org.emperor.loop.VassalView;
import org.emperor.realm.ExitStatus;
import org.emperor.realm.Moment;

/** The per-vassal metrics of one snapshot; a vassal has no point in a metric that does not apply to it. */
final class VassalSeries {
    private static final String STATE = "emperor_vassal_state";

    private static final List<Metric> METRICS = List.of(
            gauge("up", "1 while its program runs", seen -> flag(seen.vassal.pid() > 0)),
            gauge("loyal", "1 once it proved itself", seen -> flag(seen.vassal.loyal())),
            gauge(
                    "edit_refused",
                    "1 while it runs although its file as it stands was refused",
                    seen -> flag(seen.vassal.editRefused())),
            gauge("consecutive_failures", "Faults in a row", seen -> number(seen.vassal.failures())),
            counter("launches", "Launches since the emperor started", seen -> number(seen.vassal.launches())),
            counter("deaths", "Ends that nobody asked for", seen -> number(seen.vassal.deaths())),
            counter(
                    "oom_kills",
                    "Processes of its jails that the kernel killed for lack of memory",
                    seen -> number(seen.vassal.oomKills())),
            gauge(
                    "start_time_seconds",
                    "When its present incarnation was launched, since the epoch",
                    seen -> seen.time(seen.vassal.born())),
            gauge(
                    "next_attempt_time_seconds",
                    "When it will be launched again, since the epoch",
                    seen -> seen.time(seen.vassal.nextAttempt())),
            gauge(
                    "last_exit_code",
                    "Exit code of its last incarnation, if it exited",
                    seen -> seen.ended(ExitStatus.Kind.EXITED)),
            gauge(
                    "last_exit_signal",
                    "Signal that ended its last incarnation, if one did",
                    seen -> seen.ended(ExitStatus.Kind.SIGNALED)),
            counter("log_bytes", "Bytes of its output that are in its log", seen -> number(seen.logs.written())),
            counter(
                    "log_dropped_bytes",
                    "Bytes of its output that could not be logged, or not as fast",
                    seen -> number(seen.logs.dropped())),
            counter("log_errors", "Failed attempts to write its log", seen -> number(seen.logs.errors())));

    private final List<Seen> all;

    private record Metric(String name, String meaning, boolean counts, Function<Seen, Optional<Double>> value) {}

    /** One vassal, with its labels: they are made once for all its points. */
    private record Seen(RealmSnapshot realm, VassalView vassal, LogCounts logs, Labels labels) {

        Optional<Double> time(Optional<Moment> moment) {
            return moment.map(realm::timeOf).map(Instant::toEpochMilli).map(millis -> millis / 1e3);
        }

        Optional<Double> ended(ExitStatus.Kind kind) {
            return vassal.last().filter(status -> status.kind() == kind).map(status -> (double) status.value());
        }
    }

    VassalSeries(RealmSnapshot realm, LogCounters logs) {
        all = realm.vassals().stream()
                .map(vassal -> new Seen(
                        realm,
                        vassal,
                        logs.of(vassal.name()),
                        Labels.of("vassal", vassal.name().text())))
                .toList();
    }

    static List<String> names() {
        List<String> names = new ArrayList<>(METRICS.stream().map(Metric::name).toList());
        names.add(STATE);
        return names;
    }

    List<MetricSnapshot> snapshots() {
        List<MetricSnapshot> snapshots = new ArrayList<>();
        snapshots.add(states());
        METRICS.forEach(metric -> snapshots.add(metric.counts() ? counter(metric) : gauge(metric)));
        return snapshots;
    }

    private MetricSnapshot states() {
        List<GaugeDataPointSnapshot> points = new ArrayList<>(all.size());
        for (Seen seen : all) {
            Labels labels = seen.labels.add("state", seen.vassal.state().toString());
            points.add(new GaugeDataPointSnapshot(1, labels, null));
        }
        return new GaugeSnapshot(
                new MetricMetadata(STATE, "1 for the state it is in; no other state has a point"), points);
    }

    private MetricSnapshot gauge(Metric metric) {
        List<GaugeDataPointSnapshot> points = new ArrayList<>(all.size());
        for (Seen seen : all) {
            metric.value()
                    .apply(seen)
                    .ifPresent(value -> points.add(new GaugeDataPointSnapshot(value, seen.labels, null)));
        }
        return new GaugeSnapshot(new MetricMetadata(metric.name(), metric.meaning()), points);
    }

    private MetricSnapshot counter(Metric metric) {
        List<CounterDataPointSnapshot> points = new ArrayList<>(all.size());
        for (Seen seen : all) {
            metric.value()
                    .apply(seen)
                    .ifPresent(value -> points.add(new CounterDataPointSnapshot(value, seen.labels, null, 0)));
        }
        return new CounterSnapshot(new MetricMetadata(metric.name(), metric.meaning()), points);
    }

    private static Metric gauge(String name, String meaning, Function<Seen, Optional<Double>> value) {
        return new Metric("emperor_vassal_" + name, meaning, false, value);
    }

    private static Metric counter(String name, String meaning, Function<Seen, Optional<Double>> value) {
        return new Metric("emperor_vassal_" + name, meaning, true, value);
    }

    private static Optional<Double> flag(boolean set) {
        return number(set ? 1 : 0);
    }

    private static Optional<Double> number(long value) {
        return Optional.of((double) value);
    }
}
