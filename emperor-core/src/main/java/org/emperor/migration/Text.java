package org.emperor.migration;

import java.util.List;
import java.util.Optional;

/**
 * Writes text as a value of an INI vassal file, so that it means itself: {@code %}, {@code $(} and {@code @(} begin
 * references there, and quotes belong to the shell's words. What is known only when the emperor reads the file stands
 * between two NULs, as it is to be written: no text of a file has a NUL.
 */
final class Text {
    private static final char MARK = '\0';
    private static final String BLANKS = " \t\r";
    private static final String PLAIN = "_@%+=:,./-";

    private Text() {}

    /** A reference of the vassal file's own language, such as {@code $(HOME)}. */
    static String reference(String written) {
        return MARK + written + MARK;
    }

    static boolean hasReference(String text) {
        return text.indexOf(MARK) >= 0;
    }

    /** The value as a line of INI has it. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == MARK) {
                int end = text.indexOf(MARK, i + 1);
                out.append(text, i + 1, end);
                i = end;
            } else {
                if (c == '%' || ((c == '$' || c == '@') && text.startsWith("(", i + 1))) {
                    out.append('%');
                }
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Why no line of INI can have this value; empty if one can. */
    static Optional<String> obstacle(String text) {
        if (text.indexOf('\n') >= 0) {
            return Optional.of("has a line break, which a line of INI cannot have");
        }
        boolean trimmed = !text.isEmpty()
                && (BLANKS.indexOf(text.charAt(0)) >= 0 || BLANKS.indexOf(text.charAt(text.length() - 1)) >= 0);
        return trimmed ? Optional.of("begins or ends with a blank, which INI drops") : Optional.empty();
    }

    /** Words as a shell reads them. */
    static String words(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.isEmpty() ? "" : " ").append(quoted(word));
        }
        return line.toString();
    }

    static String quoted(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!isPlain(word.charAt(i))) {
                return "'" + word.replace("'", "'\\''") + "'";
            }
        }
        return word.isEmpty() ? "''" : word;
    }

    private static boolean isPlain(char c) {
        return isLetter(c) || isDigit(c) || PLAIN.indexOf(c) >= 0;
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether it may be the name of a variable, and of a reference to one. */
    static boolean isVariable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && c != '_' && (i == 0 || !isDigit(c))) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
