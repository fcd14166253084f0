package org.emperor.lang;

/** Matches one file name against {@code *}, {@code ?}, {@code [a-z]}, {@code [!x]} and {@code \x}, as fnmatch(3). */
final class Wildcards {
    private final String pattern;
    private int at;

    private Wildcards(String pattern) {
        this.pattern = pattern;
    }

    /** In time of at most pattern times name: only the last star is ever tried again. */
    static boolean match(String pattern, String name) {
        Wildcards wildcards = new Wildcards(pattern);
        int next = 0;
        int star = -1;
        int tried = 0;
        while (next < name.length()) {
            int before = wildcards.at;
            if (wildcards.isAt('*')) {
                star = ++wildcards.at;
                tried = next;
            } else if (before < pattern.length() && wildcards.one(name.charAt(next))) {
                next++;
            } else if (star >= 0) {
                wildcards.at = star;
                next = ++tried;
            } else {
                return false;
            }
        }
        while (wildcards.isAt('*')) {
            wildcards.at++;
        }
        return wildcards.at == pattern.length();
    }

    /** A name without wildcards, as it is on disk. */
    static String unescaped(String pattern) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            i += pattern.charAt(i) == '\\' && i + 1 < pattern.length() ? 1 : 0;
            name.append(pattern.charAt(i));
        }
        return name.toString();
    }

    private boolean isAt(char c) {
        return at < pattern.length() && pattern.charAt(at) == c;
    }

    /** Whether the next part of the pattern is this character; goes on behind that part. */
    private boolean one(char c) {
        int close = isAt('[') ? pattern.indexOf(']', at + (pattern.startsWith("[!", at) ? 3 : 2)) : -1;
        if (close >= 0) {
            boolean in = isIn(c, pattern.substring(at + 1, close));
            at = close + 1;
            return in;
        }
        boolean any = isAt('?');
        at += isAt('\\') && at + 1 < pattern.length() ? 1 : 0;
        boolean same = pattern.charAt(at) == c;
        at++;
        return any || same;
    }

    private static boolean isIn(char c, String set) {
        boolean not = set.startsWith("!") || set.startsWith("^");
        for (int i = not ? 1 : 0; i < set.length(); i++) {
            boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
            char last = set.charAt(range ? i + 2 : i);
            if (c >= set.charAt(i) && c <= last) {
                return !not;
            }
            i += range ? 2 : 0;
        }
        return not;
    }
}
