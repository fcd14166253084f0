package org.emperor.lang;

/** A name or path of a file as a message may show it: short, and unable to steer a terminal. Never a value. */
public final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

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
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
