package org.emperor.migration;

import java.util.ArrayList;
import java.util.List;
import org.emperor.lang.Setting;

/**
 * The words of a value by systemd.syntax(7), "Quoting", and as systemd does it: quotes may stand anywhere in a word, the
 * escapes of C count within and without them, and a backslash before anything else stands for itself.
 */
final class UnitWords {
    private final Setting setting;
    private final String text;
    private int at;

    /**
     * @param text what it says
     * @param raw how it is written: a bare {@code ;} ends a command, a quoted one does not
     */
    record Word(String text, String raw) {}

    private UnitWords(Setting setting) {
        this.setting = setting;
        this.text = setting.value();
    }

    /** @throws MigrationFailure if a quote is not closed, or an escape is of no character of text */
    static List<Word> of(Setting setting) {
        UnitWords reader = new UnitWords(setting);
        List<Word> words = new ArrayList<>();
        while (reader.skipBlanks()) {
            int start = reader.at;
            String word = reader.word();
            words.add(new Word(word, reader.text.substring(start, reader.at)));
        }
        return words;
    }

    static List<String> texts(Setting setting) {
        List<String> texts = new ArrayList<>();
        for (Word word : of(setting)) {
            texts.add(word.text());
        }
        return texts;
    }

    private boolean skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        while (at < text.length() && (quote != 0 || !isBlank(text.charAt(at)))) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                escape(word);
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw failure("a quote that is not closed", "systemd ignores the line");
        }
        return word.toString();
    }

    private void escape(StringBuilder word) {
        char c = text.charAt(at++);
        switch (c) {
            case 'a' -> word.append('\u0007');
            case 'b' -> word.append('\b');
            case 'f' -> word.append('\f');
            case 'n' -> word.append('\n');
            case 'r' -> word.append('\r');
            case 't' -> word.append('\t');
            case 'v' -> word.append('\u000b');
            case 's' -> word.append(' ');
            case '\\', '"', '\'' -> word.append(c);
            case 'x' -> number(word, c, 2, 16, 0x7f);
            case 'u' -> number(word, c, 4, 16, 0xffff);
            case 'U' -> number(word, c, 8, 16, Character.MAX_CODE_POINT);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                number(word, c, 3, 8, 0x7f);
            }
            default -> word.append('\\').append(c);
        }
    }

    /** @param most above it a byte would be a part of a character, or there is no character */
    private void number(StringBuilder word, char kind, int digits, int radix, int most) {
        int end = at;
        while (end < text.length() && end < at + digits && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        if (end < at + digits) { // no escape after all
            word.append('\\').append(radix == 8 ? "" : kind);
            if (radix == 8) {
                word.append(text.charAt(at++));
            }
            return;
        }
        long point = Long.parseLong(text.substring(at, end), radix);
        if (point == 0 || point > most || (point >= 0xd800 && point <= 0xdfff)) {
            throw failure("an escape of what is no character of text", "write the character itself");
        }
        word.appendCodePoint((int) point);
        at = end;
    }

    private MigrationFailure failure(String rule, String remedy) {
        return new MigrationFailure(setting.position(), setting.key(), rule, remedy);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
