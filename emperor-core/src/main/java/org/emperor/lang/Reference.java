package org.emperor.lang;

/** What begins something that is replaced: {@code %x}, {@code %(x)}, {@code $(X)}, {@code @(x)}. */
final class Reference {
    private Reference() {}

    static boolean mayBeIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || (c == '$' || c == '@') && text.startsWith("(", i + 1)) {
                return true;
            }
        }
        return false;
    }

    /** The text written so that it means itself. */
    static String escaped(String text) {
        if (!mayBeIn(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || (c == '$' || c == '@') && text.startsWith("(", i + 1)) {
                escaped.append('%');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
