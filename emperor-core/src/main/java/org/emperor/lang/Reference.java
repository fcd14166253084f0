package org.emperor.lang;

/** What begins something that is replaced: {@code %x}, {@code %(x)}, {@code $(X)}, {@code @(x)}. */
final class Reference {
    private Reference() {}

    static boolean mayBeIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (beginsAt(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsAt(String text, int i) {
        char c = text.charAt(i);
        return c == '%' || ((c == '$' || c == '@') && text.startsWith("(", i + 1));
    }

    /** The text written so that it means itself. */
    static String escaped(String text) {
        if (!mayBeIn(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (beginsAt(text, i)) {
                escaped.append('%');
            }
            escaped.append(text.charAt(i));
        }
        return escaped.toString();
    }
}
