package org.emperor.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.emperor.http.HttpLimits;
import org.emperor.http.HttpServer;
import org.emperor.http.HttpSettings;
import org.emperor.http.MetricsPage;
import org.emperor.log.LogCounters;
import org.emperor.loop.RealmSnapshot;
import org.emperor.loop.VassalView;
import org.emperor.metrics.EmperorMetrics;
import org.emperor.spec.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What people see of the emperor: metrics and HTTP. They are started on a thread of their own, once, when the vassals of the
 * first scan are launched, or after a second: loading their libraries takes longer than a launch, and a processor.
 */
final class Front {
    private static final System.Logger LOG = System.getLogger("emperor");
    private static final long LOOK_MILLIS = 20;
    private static final int MOST_LOOKS = 50; // a second

    private final RunSettings settings;
    private final Identity self;
    private final Supplier<RealmSnapshot> realm;
    private final LogCounters logs;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread loading = new Thread(this::load, "front");
    private volatile int vassals;
    private @Nullable HttpServer server;

    Front(RunSettings settings, Identity self, Supplier<RealmSnapshot> realm, LogCounters logs) {
        this.settings = settings;
        this.self = self;
        this.realm = realm;
        this.logs = logs;
        loading.setDaemon(true);
    }

    /**
     * Opens unless that has begun already; does not wait for it.
     *
     * @param wanted how many vassals are to be launched before
     */
    void open(int wanted) {
        if (begun.compareAndSet(false, true)) {
            vassals = wanted;
            loading.start();
        }
    }

    /** Closes what was opened, and removes the socket; afterwards it stays closed. */
    void close() throws InterruptedException {
        if (begun.compareAndSet(false, true)) {
            return;
        }
        closing.countDown();
        loading.join();
        if (server != null) {
            server.close();
        }
    }

    private void load() {
        try {
            for (int looks = 0; looks < MOST_LOOKS && isLaunching(); looks++) {
                if (closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            LibraryLogs.redirect();
            EmperorMetrics metrics = new EmperorMetrics(realm, logs);
            HttpSettings http = new HttpSettings(settings.socket(), settings.http(), self, HttpLimits.USUAL);
            HttpServer opened = HttpServer.start(http, realm, page(metrics));
            metrics.gauge("emperor.http.troubles", "Addresses that cannot be listened on now", () -> opened.troubles()
                    .size());
            server = opened;
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError broken) {
            LOG.log(System.Logger.Level.ERROR, "cannot serve HTTP, the vassals are not concerned", broken);
        }
    }

    private boolean isLaunching() {
        RealmSnapshot now = realm.get();
        return now.emperor().launches() < vassals
                || now.vassals().stream().anyMatch(vassal -> vassal.state() == VassalView.State.STARTING);
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
