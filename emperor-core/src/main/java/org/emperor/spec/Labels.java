package org.emperor.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emperor.lang.Shown;

/** Labels: {@code name=value} words. Bounded, because every label is shown, kept and asked for many times. */
final class Labels {
    static final int MOST = 16;
    private static final int LONGEST = 63;

    private Labels() {}

    static Parsed<List<Map.Entry<String, String>>> parse(String text) {
        return Forms.words(text).then(Labels::labels);
    }

    private static Parsed<List<Map.Entry<String, String>>> labels(List<String> words) {
        List<Map.Entry<String, String>> labels = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0
                    || !fits(word.substring(0, equals), "._-/")
                    || !fits(word.substring(equals + 1), "._-/:@+")) {
                return Parsed.unfit(
                        Shown.quoted(word) + " is not a label",
                        "write name=value: letters, digits, . _ - /, at most 63 on each side");
            }
            labels.add(Map.entry(word.substring(0, equals), word.substring(equals + 1)));
        }
        return Parsed.value(labels);
    }

    private static boolean fits(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !Forms.isDigit(c) && marks.indexOf(c) < 0) {
                return false;
            }
        }
        return text.length() <= LONGEST;
    }
}
