package org.emperor.lang.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.emperor.lang.Document;
import org.emperor.lang.Format;
import org.emperor.lang.IniReader;

/** Reads JSON: an object of sections; {@code true} is 1, {@code false} and {@code null} are 0, numbers keep their text. */
public final class JsonReader implements Format.Reader {
    private static final int DEEPEST = 16;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(IniReader.LARGEST)
                    .maxNameLength(IniReader.LARGEST)
                    .maxNumberLength(IniReader.LARGEST)
                    .build())
            .build();

    @Override
    public Format format() {
        return Format.JSON;
    }

    @Override
    public Document read(String file, String content) {
        Draft draft = new Draft(file, content);
        try (JsonParser parser = FACTORY.createParser(content)) {
            return new Tokens(draft, parser, new Json()).document();
        } catch (JsonProcessingException flaw) {
            JsonLocation location = flaw.getLocation();
            int offset = location == null ? 0 : draft.offset(location.getLineNr(), location.getColumnNr());
            draft.problem(offset, "", "not JSON", "correct what stands here or just before");
            return draft.document();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a text in memory is always there
        }
    }

    private static final class Json implements Tokens.Dialect {
        @Override
        public String text(JsonParser parser, JsonToken token) throws IOException {
            return switch (token) {
                case VALUE_TRUE -> "1";
                case VALUE_FALSE, VALUE_NULL -> "0";
                default -> parser.getText();
            };
        }

        /** Of a string the character behind its quote, if the string begins a value. */
        @Override
        public int offset(JsonParser parser, Draft draft) {
            JsonLocation location = parser.currentTokenLocation();
            int quote = parser.currentToken() == JsonToken.VALUE_STRING ? 1 : 0;
            return draft.offset(location.getLineNr(), location.getColumnNr()) + quote;
        }

        @Override
        public boolean mayRepeat() {
            return false;
        }

        @Override
        public Tokens.Wrong wrong(JsonParser parser) {
            return Tokens.Wrong.NOTHING;
        }
    }
}
