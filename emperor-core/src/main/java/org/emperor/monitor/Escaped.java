package org.emperor.monitor;

/** A file name as it is safe to show: whatever could steer a terminal or look like something else becomes an escape. */
final class Escaped {
    private Escaped() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '\\') {
                shown.append("\\\\");
            } else if (c < ' ' || c > '~') {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }
}
