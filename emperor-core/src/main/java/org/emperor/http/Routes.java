package org.emperor.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.emperor.loop.RealmSnapshot;
import org.emperor.spec.Identity;
import org.emperor.spec.VassalName;

/** The route table, and the handlers short enough to stand beside it. */
final class Routes {
    private Routes() {}

    static List<Route> table(
            Supplier<RealmSnapshot> realm, Supplier<List<String>> troubles, Identity self, MetricsPage metrics) {
        return List.of(
                Route.read("/", call -> Page.reply()),
                Route.readLarge("/metrics", call -> metrics(metrics, call.accept())),
                Route.readLarge("/stats", call -> json(StatsJson.of(realm.get(), self))),
                Route.read("/healthz", call -> Reply.text(200, "ok")),
                Route.read("/readyz", call -> readiness(realm.get())),
                Route.readLarge(
                        "/api/v1/vassals", call -> json(RealmJson.all(realm.get(), troubles.get(), Instant.now()))),
                Route.read(
                        "/api/v1/vassals/{name}",
                        call -> vassal(realm.get(), call.captured().get(0))));
    }

    private static Reply metrics(MetricsPage metrics, String accept) {
        String contentType = metrics.contentType(accept);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            metrics.write(contentType, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Reply.of(contentType, out.toByteArray());
    }

    private static Reply readiness(RealmSnapshot realm) {
        if (realm.emperor().stopping()) {
            return Reply.text(503, "stopping");
        }
        return realm.emperor().turns() == 0 ? Reply.text(503, "starting") : Reply.text(200, "ready");
    }

    private static Reply vassal(RealmSnapshot realm, String text) {
        return VassalName.parse(text)
                .flatMap(name -> RealmJson.one(realm, name, Instant.now()))
                .map(Routes::json)
                .orElseGet(() -> new Reply(404, Reply.JSON, RealmJson.error("no such vassal"), Map.of()));
    }

    private static Reply json(byte[] body) {
        return Reply.of(Reply.JSON, body);
    }
}
