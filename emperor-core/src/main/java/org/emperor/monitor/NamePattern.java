package org.emperor.monitor;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;

/** One name of a path pattern, as glob(7) reads it; wildcards match no leading dot. */
final class NamePattern {
    private final boolean dotted;
    private final PathMatcher matcher;

    /** @throws java.util.regex.PatternSyntaxException if a bracket or brace is left open */
    NamePattern(String pattern) {
        this.dotted = pattern.startsWith(".");
        this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }

    static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /** Whether the last name of that path does: the name itself, of which Java's locale may have no text that leads back. */
    boolean matches(Path entry) {
        Path name = entry.getFileName();
        return name != null && dotted == name.toString().startsWith(".") && matcher.matches(name);
    }
}
