package org.emperor.lang.formats;

/** The text of a TOML file, read from front to back; see toml.io, version 1.0. */
final class TomlText {
    private final String text;
    private int at;
    private int content;
    private String key = "";

    TomlText(String text) {
        this.text = text;
    }

    /** The first thing that is not TOML, or not what settings may be. */
    static final class Flaw extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int offset;
        private final String key;
        private final String rule;
        private final String remedy;

        Flaw(int offset, String key, String rule, String remedy) {
            super(rule, null, false, false);
            this.offset = offset;
            this.key = key;
            this.rule = rule;
            this.remedy = remedy;
        }

        int offset() {
            return offset;
        }

        String key() {
            return key;
        }

        String rule() {
            return rule;
        }

        String remedy() {
            return remedy;
        }
    }

    Flaw flaw(int offset, String rule, String remedy) {
        return new Flaw(offset, key, rule, remedy);
    }

    /** What follows is the value of this key. */
    void of(String name) {
        key = name;
    }

    int offset() {
        return at;
    }

    /** Where the text of the last scalar begins, behind its quotes. */
    int contentOffset() {
        return content;
    }

    boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /** Goes behind this character, and the blanks that follow it, if it is next. */
    boolean take(char c) {
        boolean taken = isAt(c);
        if (taken) {
            at++;
            skipBlanks();
        }
        return taken;
    }

    void expect(char c) {
        skipBlanks();
        if (!take(c)) {
            throw flaw(at, "not TOML", "write " + c + " here");
        }
    }

    private void skipBlanks() {
        while (isAt(' ') || isAt('\t')) {
            at++;
        }
    }

    private void skipComment() {
        if (isAt('#')) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        }
    }

    /** Goes over blanks, comments and line ends. */
    void skipBlankLines() {
        int before;
        do {
            before = at;
            skipBlanks();
            skipComment();
            at += isAt('\n') || text.startsWith("\r\n", at) ? 1 : 0;
        } while (at > before);
    }

    /** Goes to the next line that says something; false at the end. */
    boolean skipToLine() {
        skipBlankLines();
        return at < text.length();
    }

    void endLine() {
        skipBlanks();
        skipComment();
        if (at < text.length() && !isAt('\n') && !text.startsWith("\r\n", at)) {
            throw flaw(at, "not TOML", "end the line here; a text stands in quotes");
        }
    }

    /** A bare or quoted key. */
    String key() {
        int start = at;
        String name = isAt('"') || isAt('\'') ? quoted() : bare();
        skipBlanks();
        if (isAt('.')) {
            throw flaw(start, "a key with dots", "put it in quotes");
        }
        if (name.isEmpty()) {
            throw flaw(start, "not a key", "write letters, digits and dashes, or quotes");
        }
        return name;
    }

    private String bare() {
        int start = at;
        while (at < text.length() && isBare(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isBare(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** A text, a number, a time or a truth value, as text. */
    String scalar() {
        if (isAt('"') || isAt('\'')) {
            return text.startsWith("\"\"\"", at) || text.startsWith("'''", at) ? quotedLines() : quoted();
        }
        int start = at;
        content = at;
        while (at < text.length() && (isBare(text.charAt(at)) || "+.:".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "true" -> "1";
            case "false" -> "0";
            default -> {
                if (!isNumber(word)) {
                    throw flaw(start, "not a value", "put a text in quotes");
                }
                yield word.replace("_", "");
            }
        };
    }

    private static boolean isNumber(String word) {
        int first = word.startsWith("+") || word.startsWith("-") ? 1 : 0;
        return first < word.length() && Character.isDigit(word.charAt(first));
    }

    private String quoted() {
        char quote = text.charAt(at);
        int start = at;
        at++;
        content = at;
        StringBuilder out = new StringBuilder();
        while (!isAt(quote)) {
            if (at >= text.length() || isAt('\n')) {
                throw flaw(start, "a text that is not closed", "end it with " + quote);
            }
            character(quote == '"', out);
        }
        at++;
        return out.toString();
    }

    private String quotedLines() {
        String quotes = text.substring(at, at + 3);
        int start = at;
        at += 3;
        at += text.startsWith("\r\n", at) ? 2 : isAt('\n') ? 1 : 0;
        content = at;
        StringBuilder out = new StringBuilder();
        while (!text.startsWith(quotes, at) || text.startsWith(quotes.substring(0, 1), at + 3)) {
            if (at >= text.length()) {
                throw flaw(start, "a text that is not closed", "end it with " + quotes);
            }
            character(quotes.charAt(0) == '"', out);
        }
        at += 3;
        return out.toString();
    }

    private void character(boolean escapes, StringBuilder out) {
        if (!escapes || !isAt('\\')) {
            out.append(text.charAt(at));
            at++;
            return;
        }
        char escaped = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
        switch (escaped) {
            case 'u' -> out.appendCodePoint(code(4));
            case 'U' -> out.appendCodePoint(code(8));
            case ' ', '\t', '\r', '\n' -> joinLines();
            default -> {
                int index = "btnfr\"\\".indexOf(escaped);
                if (index < 0) {
                    throw flaw(at, "not an escape", "write \\\\ for a backslash, or single quotes");
                }
                out.append("\b\t\n\f\r\"\\".charAt(index));
                at += 2;
            }
        }
    }

    /** A backslash at the end of a line: the blanks up to the next text are nothing. */
    private void joinLines() {
        int start = at;
        at++;
        boolean ended = false;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            ended |= isAt('\n');
            at++;
        }
        if (!ended) {
            throw flaw(start, "not an escape", "write \\\\ for a backslash, or single quotes");
        }
    }

    private int code(int digits) {
        int code = -1;
        try {
            code = Integer.parseInt(text, at + 2, Math.min(at + 2 + digits, text.length()), 16);
        } catch (NumberFormatException wrong) {
            code = -1;
        }
        boolean scalar = Character.isValidCodePoint(code) && (code < 0xd800 || code > 0xdfff);
        if (!scalar || at + 2 + digits > text.length()) {
            throw flaw(at, "not a character's number", "write " + digits + " hexadecimal digits");
        }
        at += 2 + digits;
        return code;
    }
}
