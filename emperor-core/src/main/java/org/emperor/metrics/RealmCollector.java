package org.emperor.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.emperor.log.LogCounters;
import org.emperor.loop.RealmSnapshot;
import org.emperor.loop.TurnTimes;
import org.emperor.loop.VassalView;
import org.emperor.loop.VassalView.State;

/**
 * The series of the vassals, made from the snapshot at the scrape and kept nowhere, so that they vanish with their vassal.
 * A vassal's only label is its name; its state has the state as a second one, and only the present state has a series:
 * nine for each of ten thousand vassals would be most of the page.
 */
final class RealmCollector implements MultiCollector {
    private final Supplier<RealmSnapshot> realm;
    private final LogCounters logs;

    RealmCollector(Supplier<RealmSnapshot> realm, LogCounters logs) {
        this.realm = realm;
        this.logs = logs;
    }

    @Override
    public MetricSnapshots collect() {
        RealmSnapshot snapshot = realm.get();
        List<MetricSnapshot> all = new ArrayList<>();
        all.add(build(snapshot));
        all.add(vassalsByState(snapshot.vassals()));
        all.add(turns(snapshot.emperor().turnTimes()));
        all.addAll(new VassalSeries(snapshot, logs).snapshots());
        return new MetricSnapshots(all);
    }

    @Override
    public List<String> getPrometheusNames() {
        List<String> names = new ArrayList<>(VassalSeries.names());
        names.add("emperor_build");
        names.add("emperor_vassals");
        names.add("emperor_turn_seconds");
        return names;
    }

    private static MetricSnapshot build(RealmSnapshot snapshot) {
        Labels labels = Labels.of(
                "version",
                snapshot.emperor().version(),
                "java",
                Runtime.version().toString(),
                "os",
                System.getProperty("os.name", "unknown"));
        return new InfoSnapshot(
                new MetricMetadata("emperor_build", "What runs here"), List.of(new InfoDataPointSnapshot(labels)));
    }

    private static MetricSnapshot turns(TurnTimes turns) {
        List<Number> counts = List.copyOf(turns.counts());
        List<Double> bounds = new ArrayList<>();
        TurnTimes.BOUNDS.forEach(bound -> bounds.add(bound.toNanos() / 1e9));
        bounds.add(Double.POSITIVE_INFINITY);
        return new HistogramSnapshot(
                new MetricMetadata("emperor_turn_seconds", "How long turns of the emperor's loop took, without waits"),
                List.of(new HistogramDataPointSnapshot(
                        ClassicHistogramBuckets.of(bounds, counts),
                        turns.total().toNanos() / 1e9,
                        Labels.EMPTY,
                        null,
                        0)));
    }

    private static MetricSnapshot vassalsByState(List<VassalView> vassals) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counts.put(state, 0);
        }
        vassals.forEach(vassal -> counts.merge(vassal.state(), 1, Integer::sum));
        List<GaugeDataPointSnapshot> points = new ArrayList<>();
        counts.forEach((state, count) ->
                points.add(new GaugeDataPointSnapshot(count, Labels.of("state", state.toString()), null)));
        return new GaugeSnapshot(new MetricMetadata("emperor_vassals", "Vassals by state"), points);
    }
}
