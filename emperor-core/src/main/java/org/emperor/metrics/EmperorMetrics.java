package org.emperor.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.emperor.log.LogCounters;
import org.emperor.loop.EmperorView;
import org.emperor.loop.RealmSnapshot;

/** Everything {@code /metrics} tells: the emperor's own meters, and the series of its vassals as they are at the scrape. */
public final class EmperorMetrics implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final Supplier<RealmSnapshot> realm;

    public EmperorMetrics(Supplier<RealmSnapshot> realm, LogCounters logs) {
        this.realm = realm;
        PrometheusRegistry prometheus = new PrometheusRegistry();
        prometheus.register(new RealmCollector(realm, logs));
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, prometheus, Clock.SYSTEM);
        bindEmperor();
        JvmMeters.bindTo(registry);
    }

    /** Adds a value that goes up and down. */
    public void gauge(String name, String meaning, LongSupplier value) {
        Gauge.builder(name, value::getAsLong).description(meaning).register(registry);
    }

    /** The content type of the format that an {@code Accept} header asks for; the Prometheus text format without a wish. */
    public String contentType(String accept) {
        return accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    }

    /** Writes all meters in the format of a content type that {@link #contentType} gave. */
    public void write(String contentType, OutputStream out) throws IOException {
        registry.scrape(out, contentType);
    }

    @Override
    public void close() {
        registry.close();
    }

    private void bindEmperor() {
        count("emperor.turns", "Turns of the emperor's loop", EmperorView::turns);
        count("emperor.launches", "Jails launched", EmperorView::launches);
        count("emperor.launch.failures", "Launches that failed before the program ran", EmperorView::launchFailures);
        count("emperor.deaths", "Ends of vassals that nobody asked for", EmperorView::deaths);
        count("emperor.orphans.reaped", "Processes reaped that the emperor had not launched", EmperorView::orphans);
        count("emperor.hook.failures", "Hooks on the host around a vassal that failed", EmperorView::errandFailures);
        count(
                "emperor.defects",
                "Events that should not have been possible: bugs of the emperor",
                EmperorView::defects);
        show("emperor.capacity", "Vassals that the limits of this host allow", EmperorView::capacity);
        show("emperor.troubles", "Sources of vassals that do not work now", view -> view.troubles()
                .size());
        show("emperor.stopping", "1 while the emperor stops all vassals", view -> view.stopping() ? 1 : 0);
        Gauge.builder("emperor.refused.files", realm, source -> source.get()
                        .refused()
                        .size())
                .description("Vassal files that are not in force as they stand")
                .register(registry);
        Gauge.builder("emperor.start.time", realm, EmperorMetrics::startTime)
                .description("When the emperor started, since the epoch")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("emperor.uptime", realm, source -> System.currentTimeMillis() / 1e3 - startTime(source))
                .description("How long the emperor has reigned")
                .baseUnit("seconds")
                .register(registry);
    }

    private void count(String name, String meaning, ToDoubleFunction<EmperorView> count) {
        FunctionCounter.builder(
                        name, realm, source -> count.applyAsDouble(source.get().emperor()))
                .description(meaning)
                .register(registry);
    }

    private void show(String name, String meaning, ToDoubleFunction<EmperorView> value) {
        Gauge.builder(name, realm, source -> value.applyAsDouble(source.get().emperor()))
                .description(meaning)
                .register(registry);
    }

    private static double startTime(Supplier<RealmSnapshot> realm) {
        return realm.get().emperor().started().toEpochMilli() / 1e3;
    }
}
