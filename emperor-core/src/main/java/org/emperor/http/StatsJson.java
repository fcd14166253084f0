package org.emperor.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import org.emperor.loop.RealmSnapshot;
import org.emperor.loop.VassalView;
import org.emperor.loop.VassalView.State;
import org.emperor.spec.Identity;

/**
 * The emperor statistics of uWSGI 2.0, key for key, and {@code oom_kills}, for the tools that read them. Times that a snapshot does not hold are
 * the launch of the present incarnation, or 0 where there is none.
 */
final class StatsJson {
    private StatsJson() {}

    static byte[] of(RealmSnapshot realm, Identity self) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("version", realm.emperor().version());
            out.writeNumberField("pid", realm.emperor().pid());
            out.writeNumberField("uid", self.uid());
            out.writeNumberField("gid", self.gid());
            out.writeStringField("cwd", System.getProperty("user.dir", "/"));
            Json.strings(out, "emperor", realm.emperor().sources());
            out.writeNumberField("emperor_tyrant", 0);
            out.writeNumberField("throttle_level", 0);
            out.writeArrayFieldStart("vassals");
            for (VassalView vassal : realm.vassals()) {
                vassal(out, realm, vassal);
            }
            out.writeEndArray();
            blacklist(out, realm);
            out.writeEndObject();
        });
    }

    private static void vassal(JsonGenerator out, RealmSnapshot realm, VassalView vassal) throws IOException {
        long born = vassal.born()
                .map(realm::timeOf)
                .map(time -> time.getEpochSecond())
                .orElse(0L);
        int ready = vassal.state() == State.READY ? 1 : 0;
        out.writeStartObject();
        out.writeStringField("id", vassal.id());
        out.writeNumberField("pid", vassal.pid() > 0 ? vassal.pid() : -1);
        out.writeNumberField("born", born);
        out.writeNumberField("last_mod", born);
        out.writeNumberField("last_heartbeat", 0);
        out.writeNumberField("loyal", vassal.loyal() ? 1 : 0);
        out.writeNumberField("ready", ready);
        out.writeNumberField("accepting", ready);
        out.writeNumberField("last_loyal", vassal.loyal() ? born : 0);
        out.writeNumberField("last_ready", ready * born);
        out.writeNumberField("last_accepting", ready * born);
        out.writeNumberField("first_run", born);
        out.writeNumberField("last_run", born);
        out.writeNumberField(
                "cursed", vassal.state() == State.STOPPING ? realm.time().getEpochSecond() : 0);
        out.writeNumberField("zerg", 0);
        out.writeStringField("on_demand", "");
        out.writeNumberField("uid", vassal.identity().uid());
        out.writeNumberField("gid", vassal.identity().gid());
        out.writeStringField("monitor", vassal.source());
        out.writeNumberField("respawns", Math.max(0, vassal.launches() - 1));
        out.writeNumberField("oom_kills", vassal.oomKills());
        out.writeEndObject();
    }

    private static void blacklist(JsonGenerator out, RealmSnapshot realm) throws IOException {
        out.writeArrayFieldStart("blacklist");
        for (VassalView vassal : realm.vassals()) {
            if (vassal.failures() > 0 && vassal.nextAttempt().isPresent()) {
                Duration delay = realm.now().until(vassal.nextAttempt().get());
                out.writeStartObject();
                out.writeStringField("id", vassal.id());
                out.writeNumberField("throttle_level", Math.max(0, delay.toMillis()));
                out.writeNumberField("attempt", vassal.failures());
                out.writeNumberField("first_attempt", 0);
                out.writeNumberField("last_attempt", 0);
                out.writeEndObject();
            }
        }
        out.writeEndArray();
    }
}
