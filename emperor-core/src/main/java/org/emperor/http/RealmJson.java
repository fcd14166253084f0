package org.emperor.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.emperor.lang.Problem;
import org.emperor.loop.EmperorView;
import org.emperor.loop.RealmSnapshot;
import org.emperor.loop.RefusedFile;
import org.emperor.loop.VassalView;
import org.emperor.realm.ExitStatus;
import org.emperor.spec.VassalName;

/** The documents of {@code /api/v1}: every key is always there, null where it does not apply. */
final class RealmJson {
    private RealmJson() {}

    static byte[] all(RealmSnapshot realm, List<String> moreTroubles, Instant now) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("time", now.toString());
            emperor(out, realm.emperor(), moreTroubles);
            out.writeArrayFieldStart("vassals");
            for (VassalView vassal : realm.vassals()) {
                vassal(out, realm, vassal);
            }
            out.writeEndArray();
            refused(out, realm.refused());
            out.writeEndObject();
        });
    }

    /** One vassal with what was refused of its files; empty if there is neither. */
    static Optional<byte[]> one(RealmSnapshot realm, VassalName name, Instant now) {
        Optional<VassalView> vassal = realm.vassal(name);
        List<RefusedFile> refused = realm.refused().stream()
                .filter(file -> isOf(name, stem(file.id())))
                .toList();
        if (vassal.isEmpty() && refused.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("time", now.toString());
            out.writeFieldName("vassal");
            if (vassal.isPresent()) {
                vassal(out, realm, vassal.get());
            } else {
                out.writeNull();
            }
            refused(out, refused);
            out.writeEndObject();
        }));
    }

    private static boolean isOf(VassalName name, String stem) {
        return stem.equals(name.text())
                || name.instance()
                        .filter(it -> name.text().equals(stem + "@" + it))
                        .isPresent();
    }

    static byte[] error(String sentence) {
        return Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("error", sentence);
            out.writeEndObject();
        });
    }

    private static void emperor(JsonGenerator out, EmperorView emperor, List<String> moreTroubles) throws IOException {
        out.writeObjectFieldStart("emperor");
        out.writeNumberField("pid", emperor.pid());
        out.writeStringField("version", emperor.version());
        out.writeStringField("started", emperor.started().toString());
        out.writeBooleanField("stopping", emperor.stopping());
        Json.strings(out, "sources", emperor.sources());
        Json.strings(
                out,
                "troubles",
                Stream.concat(emperor.troubles().stream(), moreTroubles.stream())
                        .toList());
        out.writeNumberField("capacity", emperor.capacity());
        out.writeNumberField("turns", emperor.turns());
        out.writeNumberField("launches", emperor.launches());
        out.writeNumberField("launch_failures", emperor.launchFailures());
        out.writeNumberField("deaths", emperor.deaths());
        out.writeNumberField("orphans", emperor.orphans());
        out.writeNumberField("defects", emperor.defects());
        out.writeEndObject();
    }

    private static void vassal(JsonGenerator out, RealmSnapshot realm, VassalView vassal) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", vassal.name().text());
        out.writeStringField("id", vassal.id());
        out.writeStringField("source", vassal.source());
        out.writeStringField("state", vassal.state().toString());
        out.writeBooleanField("loyal", vassal.loyal());
        out.writeBooleanField("edit_refused", vassal.editRefused());
        out.writeStringField("reason", vassal.reason());
        out.writeNumberField("incarnation", vassal.incarnation());
        if (vassal.pid() > 0) {
            out.writeNumberField("pid", vassal.pid());
        } else {
            out.writeNullField("pid");
        }
        Json.time(out, "born", vassal.born().map(realm::timeOf));
        Json.time(out, "next_attempt", vassal.nextAttempt().map(realm::timeOf));
        out.writeNumberField("launches", vassal.launches());
        out.writeNumberField("failures", vassal.failures());
        out.writeNumberField("deaths", vassal.deaths());
        out.writeNumberField("oom_kills", vassal.oomKills());
        last(out, vassal.last());
        out.writeStringField("user", vassal.identity().user());
        out.writeNumberField("uid", vassal.identity().uid());
        out.writeNumberField("gid", vassal.identity().gid());
        out.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : vassal.labels().entrySet()) {
            out.writeStringField(label.getKey(), label.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void last(JsonGenerator out, Optional<ExitStatus> last) throws IOException {
        if (last.isEmpty()) {
            out.writeNullField("last");
            return;
        }
        ExitStatus status = last.get();
        out.writeObjectFieldStart("last");
        number(out, "code", status, ExitStatus.Kind.EXITED);
        number(out, "signal", status, ExitStatus.Kind.SIGNALED);
        out.writeBooleanField("core", status.core());
        out.writeNumberField("oom_kills", status.oomKills());
        out.writeStringField("text", status.toString());
        out.writeEndObject();
    }

    private static void number(JsonGenerator out, String field, ExitStatus status, ExitStatus.Kind kind)
            throws IOException {
        if (status.kind() == kind) {
            out.writeNumberField(field, status.value());
        } else {
            out.writeNullField(field);
        }
    }

    private static void refused(JsonGenerator out, List<RefusedFile> files) throws IOException {
        out.writeArrayFieldStart("refused");
        for (RefusedFile file : files) {
            out.writeStartObject();
            out.writeStringField("id", file.id());
            out.writeStringField("file", file.file());
            out.writeStringField("source", file.source());
            out.writeArrayFieldStart("problems");
            for (Problem problem : file.problems()) {
                problem(out, problem);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void problem(JsonGenerator out, Problem problem) throws IOException {
        out.writeStartObject();
        out.writeStringField("file", problem.position().file());
        out.writeNumberField("line", problem.position().line());
        out.writeNumberField("column", problem.position().column());
        out.writeStringField("key", problem.key());
        out.writeStringField("rule", problem.rule());
        out.writeStringField("remedy", problem.remedy());
        out.writeStringField("text", problem.toString());
        out.writeEndObject();
    }

    private static String stem(String id) {
        int dot = id.lastIndexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }
}
