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
import org.jspecify.annotations.Nullable;

/** Reads JSON: an object of sections; {@code true} is 1, {@code false} and {@code null} are 0, numbers keep their text. */
public final class JsonReader implements Format.Reader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Tokens.DEEPEST)
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
            draft.problem(offset(flaw.getLocation()), "", "not JSON", "correct what stands here or just before");
            return draft.document();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a text in memory is always there
        }
    }

    /** In chars; lines are of no use, because Jackson ends one at a lone carriage return too. */
    private static int offset(@Nullable JsonLocation location) {
        return location == null ? 0 : (int) Math.max(0, location.getCharOffset());
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
            int quote = parser.currentToken() == JsonToken.VALUE_STRING ? 1 : 0;
            return JsonReader.offset(parser.currentTokenLocation()) + quote;
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
