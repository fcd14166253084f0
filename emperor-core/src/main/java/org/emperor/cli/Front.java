package org.emperor.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.emperor.http.HttpLimits;
import org.emperor.http.HttpServer;
import org.emperor.http.HttpSettings;
import org.emperor.http.MetricsPage;
import org.emperor.log.LogCounters;
import org.emperor.loop.RealmSnapshot;
import org.emperor.metrics.EmperorMetrics;
import org.emperor.spec.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What people see of the emperor: metrics and HTTP. They are started on a thread of their own, once, after the first scan
 * was posted: loading their libraries takes longer than the first launch.
 */
final class Front {
    private static final System.Logger LOG = System.getLogger("emperor");

    private final RunSettings settings;
    private final Identity self;
    private final Supplier<RealmSnapshot> realm;
    private final LogCounters logs;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread loading = new Thread(this::load, "front");
    private @Nullable HttpServer server;

    Front(RunSettings settings, Identity self, Supplier<RealmSnapshot> realm, LogCounters logs) {
        this.settings = settings;
        this.self = self;
        this.realm = realm;
        this.logs = logs;
        loading.setDaemon(true);
    }

    /** Opens unless that has begun already; does not wait for it. */
    void open() {
        if (begun.compareAndSet(false, true)) {
            loading.start();
        }
    }

    /** Closes what was opened, and removes the socket; afterwards it stays closed. */
    void close() throws InterruptedException {
        if (begun.compareAndSet(false, true)) {
            return;
        }
        loading.join();
        if (server != null) {
            server.close();
        }
    }

    private void load() {
        try {
            LibraryLogs.redirect();
            EmperorMetrics metrics = new EmperorMetrics(realm, logs);
            HttpSettings http = new HttpSettings(settings.socket(), settings.http(), self, HttpLimits.USUAL);
            HttpServer opened = HttpServer.start(http, realm, page(metrics));
            metrics.gauge("emperor.http.troubles", "Addresses that cannot be listened on now", () -> opened.troubles()
                    .size());
            server = opened;
        } catch (RuntimeException | LinkageError broken) {
            LOG.log(System.Logger.Level.ERROR, "cannot serve HTTP, the vassals are not concerned", broken);
        }
    }

    private static MetricsPage page(EmperorMetrics metrics) {
        return new MetricsPage() {
            @Override
            public String contentType(String accept) {
                return metrics.contentType(accept);
            }

            @Override
            public void write(String contentType, OutputStream out) throws IOException {
                metrics.write(contentType, out);
            }
        };
    }
}
