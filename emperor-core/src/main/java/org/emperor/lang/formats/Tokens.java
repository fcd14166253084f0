package org.emperor.lang.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import org.emperor.lang.Document;
import org.emperor.lang.Shown;

/** What JSON and YAML have in common: an object of sections, which are objects of texts and lists of texts. */
final class Tokens {
    static final int DEEPEST = 16;

    private final Draft draft;
    private final JsonParser parser;
    private final Dialect dialect;

    /** What they have not in common. */
    interface Dialect {
        /** The text of the scalar the parser is at. */
        String text(JsonParser parser, JsonToken token) throws IOException;

        /** Where the token the parser is at begins. */
        int offset(JsonParser parser, Draft draft);

        /** Whether a key may come twice. */
        boolean mayRepeat();

        /** What is not understood about the token the parser is at; empty if nothing. */
        Wrong wrong(JsonParser parser) throws IOException;
    }

    record Wrong(String rule, String remedy) {
        static final Wrong NOTHING = new Wrong("", "");
    }

    Tokens(Draft draft, JsonParser parser, Dialect dialect) {
        this.draft = draft;
        this.parser = parser;
        this.dialect = dialect;
    }

    Document document() throws IOException {
        try {
            read();
        } catch (StreamConstraintsException deep) { // texts are within the bound of files
            draft.problem(here(), "", "nested deeper than " + DEEPEST, "write texts and lists of texts");
        }
        return draft.document();
    }

    private void read() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_OBJECT) {
            sections();
            if (!draft.isFull() && parser.nextToken() != null) {
                draft.problem(here(), "", "a second document", "write one file for each");
            }
        } else if (first != null) {
            draft.problem(here(), "", "no sections", "begin with the section vassal");
        }
    }

    private int here() {
        return dialect.offset(parser, draft);
    }

    private void sections() throws IOException {
        while (!draft.isFull() && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            draft.section(name, here());
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                settings();
            } else {
                draft.problem(here(), "", "[" + Shown.of(name) + "] holds no keys", "write key: value below it");
                parser.skipChildren();
            }
        }
    }

    private void settings() throws IOException {
        while (!draft.isFull() && parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            int offset = here();
            if (!draft.isNew(key) && !dialect.mayRepeat()) {
                draft.problem(offset, key, "given twice", "write a list");
            }
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                list(key);
            } else {
                value(key, token, "a mapping as a value", "write a text or a list");
            }
        }
    }

    private void list(String key) throws IOException {
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY && token != null && !draft.isFull();
                token = parser.nextToken()) {
            boolean list = token == JsonToken.START_ARRAY;
            value(
                    key,
                    token,
                    list ? "a list in a list" : "a mapping as a value",
                    list ? "write texts in the list" : "write a text or a list");
        }
    }

    private void value(String key, JsonToken token, String rule, String remedy) throws IOException {
        Wrong wrong = dialect.wrong(parser);
        if (!wrong.rule().isEmpty()) {
            draft.problem(here(), key, wrong.rule(), wrong.remedy());
            parser.skipChildren();
        } else if (token.isScalarValue()) {
            String text = dialect.text(parser, token);
            int offset = here();
            draft.setting(key, text, offset);
        } else {
            draft.problem(here(), key, rule, remedy);
            parser.skipChildren();
        }
    }
}
