package org.emperor.lang.formats;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.emperor.lang.Document;
import org.emperor.lang.Format;
import org.emperor.lang.IniReader;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads YAML: a mapping of sections; every scalar is the text it was written with, and none is the empty text. */
public final class YamlReader implements Format.Reader {
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .loaderOptions(options())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Tokens.DEEPEST)
                    .maxStringLength(IniReader.LARGEST)
                    .build())
            .build();

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(Tokens.DEEPEST);
        options.setCodePointLimit(IniReader.LARGEST);
        return options;
    }

    @Override
    public Format format() {
        return Format.YAML;
    }

    @Override
    public Document read(String file, String content) {
        Draft draft = new Draft(file, content);
        try (JsonParser parser = FACTORY.createParser(content)) {
            return new Tokens(draft, parser, new Yaml()).document();
        } catch (JsonProcessingException flaw) {
            JsonLocation location = flaw.getLocation();
            int offset = location == null ? 0 : draft.offsetOfCharacter(location.getLineNr(), location.getColumnNr());
            draft.problem(offset, "", "not YAML", "correct what stands here or just before");
            return draft.document();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a text in memory is always there
        }
    }

    private static final class Yaml implements Tokens.Dialect {
        @Override
        public String text(JsonParser parser, JsonToken token) throws IOException {
            String text = parser.getText();
            return text == null ? "" : text;
        }

        @Override
        public int offset(JsonParser parser, Draft draft) {
            JsonLocation location = parser.currentTokenLocation();
            int offset = draft.offsetOfCharacter(location.getLineNr(), location.getColumnNr());
            boolean quoted = parser.currentToken() == JsonToken.VALUE_STRING && draft.isQuote(offset);
            return quoted ? offset + 1 : offset;
        }

        @Override
        public boolean mayRepeat() {
            return true; // as uWSGI's own examples do
        }

        @Override
        public Tokens.Wrong wrong(JsonParser parser) throws IOException {
            if (((YAMLParser) parser).isCurrentAlias()) {
                return new Tokens.Wrong("an alias", "write the value it stands for");
            }
            return parser.getTypeId() == null
                    ? Tokens.Wrong.NOTHING
                    : new Tokens.Wrong("a tag", "write the text alone");
        }
    }
}
