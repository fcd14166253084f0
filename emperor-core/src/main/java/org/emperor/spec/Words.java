package org.emperor.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits text into words as a POSIX shell does, and does nothing else a shell does: blanks separate; within single quotes
 * all is literal; within double quotes a backslash escapes {@code " \ $} and {@code `}; elsewhere it escapes any character.
 */
public final class Words {
    private static final String ESCAPED_IN_DOUBLE_QUOTES = "\"\\$`";

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private Words(String text) {
        this.text = text;
    }

    /** The words, possibly none; a quote that is not closed and a backslash before nothing are refused. */
    public static Parsed<List<String>> parse(String text) {
        return new Words(text).all();
    }

    private Parsed<List<String>> all() {
        while (at < text.length()) {
            int start = at;
            if (!next(text.charAt(at++))) {
                String what = text.charAt(start) == '\\' ? "a backslash before nothing" : "a quote that is not closed";
                return new Parsed.Unfit<>(what, "put a backslash before one that is meant literally", start);
            }
        }
        endWord();
        return Parsed.value(List.copyOf(words));
    }

    /** Takes what begins with this character; false if the text ends before it does. */
    private boolean next(char c) {
        if (c == ' ' || c == '\t') {
            endWord();
            return true;
        }
        inWord = true;
        return switch (c) {
            case '\'' -> singleQuoted();
            case '"' -> doubleQuoted();
            case '\\' -> escaped();
            default -> {
                word.append(c);
                yield true;
            }
        };
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private boolean singleQuoted() {
        int close = text.indexOf('\'', at);
        if (close < 0) {
            return false;
        }
        word.append(text, at, close);
        at = close + 1;
        return true;
    }

    private boolean doubleQuoted() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return true;
            }
            boolean escapes = c == '\\' && at < text.length() && ESCAPED_IN_DOUBLE_QUOTES.indexOf(text.charAt(at)) >= 0;
            word.append(escapes ? text.charAt(at++) : c);
        }
        return false;
    }

    private boolean escaped() {
        if (at == text.length()) {
            return false;
        }
        word.append(text.charAt(at++));
        return true;
    }
}
