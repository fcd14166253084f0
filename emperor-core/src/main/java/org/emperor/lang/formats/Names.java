package org.emperor.lang.formats;

/** Names of sections as messages show them. */
final class Names {
    private static final int LONGEST = 60;

    private Names() {}

    static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < name.length() && i < LONGEST; i++) {
            char c = name.charAt(i);
            shown.append(c > ' ' && c < '\u007f' ? c : '?');
        }
        return shown.toString();
    }
}
