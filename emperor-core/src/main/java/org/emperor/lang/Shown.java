package org.emperor.lang;

/** Text from a file as a message may show it: short, and unable to steer a terminal. */
public final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    /** A name or path, never a value; what is not plain is a question mark. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        int characters = 0;
        for (int i = 0; i < text.length() && characters < LONGEST; characters++) {
            int c = text.codePointAt(i);
            shown.appendCodePoint(isPlain(c) ? c : '?');
            i += Character.charCount(c);
        }
        return shown.length() < text.length() ? shown.append('…').toString() : shown.toString();
    }

    /** What was written in place of something else, in quotes; what is not plain is escaped. */
    public static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        int characters = 0;
        int i = 0;
        for (; i < text.length() && characters < LONGEST; characters++) {
            int c = text.codePointAt(i);
            if (isPlain(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u{%x}", c));
            }
            i += Character.charCount(c);
        }
        return shown.append(i < text.length() ? "…\"" : "\"").toString();
    }

    public static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT, // such as the marks that reverse the direction of what follows
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
