package org.emperor.jail;

/** Text as strace prints it: in double quotes, with what is not printable escaped. */
public final class Quoted {
    private Quoted() {}

    public static String of(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        int plain = 0; // where the run of characters begins that need no escape; most texts are one run
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c == 0x7f) {
                quoted.append(text.substring(plain, i)).append(escaped(c));
                plain = i + 1;
            }
        }
        return quoted.append(text.substring(plain)).append('"').toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default -> String.format("\\%03o", (int) c);
        };
    }
}
