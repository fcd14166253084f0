package org.emperor.lang.formats;

import org.emperor.lang.Document;
import org.emperor.lang.Format;

/**
 * Reads the part of TOML that settings need: tables of texts, numbers, truth values and lists of them; {@code true} is 1
 * and {@code false} 0. By hand, because Jackson's reader builds the whole tree first and forgets where its parts stood.
 */
public final class TomlReader implements Format.Reader {
    @Override
    public Format format() {
        return Format.TOML;
    }

    @Override
    public Document read(String file, String content) {
        Draft draft = new Draft(file, content);
        TomlText text = new TomlText(content);
        try {
            while (text.skipToLine() && !draft.isFull()) {
                line(text, draft);
            }
        } catch (TomlText.Flaw flaw) { // what follows may be inside of what is not closed
            draft.problem(flaw.offset(), flaw.key(), flaw.rule(), flaw.remedy());
        }
        return draft.document();
    }

    private static void line(TomlText text, Draft draft) {
        int start = text.offset();
        if (text.take('[')) {
            if (text.take('[')) {
                throw text.flaw(start, "a list of tables", "write each table once, as [name]");
            }
            String name = text.key();
            text.expect(']');
            draft.section(name, start);
            text.endLine();
            return;
        }
        String key = text.key();
        if (draft.section().isEmpty()) {
            draft.problem(start, "", "a key before any section", "put a header such as [vassal] above it");
        }
        if (!draft.isNew(key)) {
            draft.problem(start, key, "given twice", "write a list");
        }
        text.of(key);
        text.expect('=');
        value(text, draft, key);
        text.endLine();
        text.of("");
    }

    private static void value(TomlText text, Draft draft, String key) {
        if (!text.take('[')) {
            setting(text, draft, key);
            return;
        }
        text.skipBlankLines();
        while (!text.take(']') && !draft.isFull()) {
            if (text.isAt('[')) {
                throw text.flaw(text.offset(), "a list in a list", "write texts in the list");
            }
            setting(text, draft, key);
            text.skipBlankLines();
            if (!text.isAt(']')) {
                text.expect(',');
                text.skipBlankLines();
            }
        }
    }

    private static void setting(TomlText text, Draft draft, String key) {
        int start = text.offset();
        if (text.isAt('{')) {
            throw text.flaw(start, "a mapping as a value", "write a text or a list");
        }
        String value = text.scalar();
        draft.setting(key, value, text.contentOffset());
    }
}
