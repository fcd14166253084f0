package org.emperor.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes JSON without a mapper: what a client sees is spelled out where it is written. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    @FunctionalInterface
    interface Writer {
        void write(JsonGenerator out) throws IOException;
    }

    private Json() {}

    static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            writer.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    static void strings(JsonGenerator out, String field, List<String> values) throws IOException {
        out.writeArrayFieldStart(field);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    static void time(JsonGenerator out, String field, Optional<Instant> time) throws IOException {
        if (time.isPresent()) {
            out.writeStringField(field, time.get().toString());
        } else {
            out.writeNullField(field);
        }
    }
}
