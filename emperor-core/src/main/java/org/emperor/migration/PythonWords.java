package org.emperor.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Text as Python's shlex takes it apart, in the two ways supervisord uses it: commands by POSIX rules, where within double
 * quotes a backslash escapes only a backslash and a double quote; and lists of {@code KEY=value} by the older rules, which
 * know no escapes, keep quotes, and end an unquoted value at most signs.
 */
final class PythonWords {
    private static final String WORD_SIGNS = "_/.+-():\0"; // NUL: a reference, which only its value could take apart
    private static final String BLANKS = " \t\r\n";

    private final String text;
    private int at;

    private PythonWords(String text) {
        this.text = text;
    }

    /** The words of a command; empty if a quote is not closed or a backslash stands before nothing. */
    static Optional<List<String>> split(String text) {
        return new PythonWords(text).split();
    }

    private Optional<List<String>> split() {
        List<String> words = new ArrayList<>();
        while (true) {
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return Optional.of(words);
            }
            StringBuilder word = new StringBuilder();
            while (at < text.length() && !isBlank(text.charAt(at))) {
                if (!piece(word)) {
                    return Optional.empty();
                }
            }
            words.add(word.toString());
        }
    }

    private boolean piece(StringBuilder word) {
        char c = text.charAt(at++);
        if (c == '\\') {
            boolean more = at < text.length();
            word.append(more ? text.charAt(at++) : c);
            return more;
        }
        if (c != '\'' && c != '"') {
            word.append(c);
            return true;
        }
        while (at < text.length()) {
            char inside = text.charAt(at++);
            if (inside == c) {
                return true;
            }
            boolean escapes = c == '"' && inside == '\\' && at < text.length() && "\"\\".indexOf(text.charAt(at)) >= 0;
            word.append(escapes ? text.charAt(at++) : inside);
        }
        return false;
    }

    /** The pairs of {@code KEY=value,KEY2="value 2"}; empty where supervisord refuses the text. */
    static Optional<Map<String, String>> pairs(String text) {
        Optional<List<String>> tokens = new PythonWords(text).tokens();
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        List<String> all = tokens.get();
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0;
                i < all.size();
                i += 4) { // the fourth is the comma, or any other sign: supervisord does not look
            if (i + 2 >= all.size() || !all.get(i + 1).equals("=")) {
                return Optional.empty();
            }
            pairs.put(all.get(i), withoutQuotes(all.get(i + 2)));
        }
        return Optional.of(pairs);
    }

    private Optional<List<String>> tokens() {
        List<String> tokens = new ArrayList<>();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                skipLine();
            } else if (c == '\'' || c == '"') {
                int close = text.indexOf(c, at + 1);
                if (close < 0) {
                    return Optional.empty();
                }
                tokens.add(text.substring(at, close + 1));
                at = close + 1;
            } else if (isWord(c)) {
                tokens.add(word());
            } else {
                at++;
                if (!isBlank(c)) {
                    tokens.add(String.valueOf(c));
                }
            }
        }
        return Optional.of(tokens);
    }

    /** A comment within a word does not end it: the next line goes on with the word. */
    private String word() {
        StringBuilder word = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = c == '\0' ? text.indexOf('\0', at + 1) + 1 : at + 1;
            if (c == '#') {
                skipLine();
            } else if (isWord(c) || c == '\'' || c == '"') {
                word.append(text, at, end);
                at = end;
            } else {
                break;
            }
        }
        return word.toString();
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    private static boolean isWord(char c) {
        return Text.isLetter(c) || Text.isDigit(c) || WORD_SIGNS.indexOf(c) >= 0;
    }

    private static boolean isBlank(char c) {
        return BLANKS.indexOf(c) >= 0;
    }

    private static String withoutQuotes(String token) {
        int start = 0;
        int end = token.length();
        while (start < end && "'\"".indexOf(token.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "'\"".indexOf(token.charAt(end - 1)) >= 0) {
            end--;
        }
        return token.substring(start, end);
    }
}
