package org.emperor.lang;

import java.util.ArrayList;
import java.util.List;

/**
 * What a file asks about paths: it may mean something else as soon as the answer is another. An answer is the paths that are
 * so, directories that a pattern found with a slash at their end.
 *
 * @param path absolute; a pattern only for GLOB
 */
public record Question(Kind kind, String path) {
    /** As many paths as a pattern may stand for; what is beyond is not looked for. */
    static final int MOST_PATHS = 10_000;

    /** Each is a search of its own. */
    private static final int MOST_PLACES = 4;

    public enum Kind {
        READABLE,
        FILE,
        DIRECTORY,
        GLOB
    }

    public List<String> answer(Surroundings surroundings) {
        return switch (kind) {
            case READABLE -> answer(surroundings.isReadable(path));
            case FILE -> answer(surroundings.isFile(path));
            case DIRECTORY -> answer(surroundings.isDirectory(path));
            case GLOB -> matches(surroundings);
        };
    }

    private List<String> answer(boolean is) {
        return is ? List.of(path) : List.of();
    }

    /** As glob(3) with GLOB_MARK. */
    private List<String> matches(Surroundings surroundings) {
        List<String> matches = new ArrayList<>();
        for (String match : surroundings.glob(path, MOST_PATHS)) {
            matches.add(surroundings.isDirectory(match) && !match.endsWith("/") ? match + "/" : match);
        }
        return List.copyOf(matches);
    }

    /** The path as far as it is no pattern. */
    public String plain() {
        int end = firstPattern();
        return end == path.length() ? path : path.substring(0, Math.max(end, 1));
    }

    /** Patterns of the directories in which something may come to match, the outermost; none for what is no pattern. */
    public List<Question> places() {
        List<Question> places = new ArrayList<>();
        int slash = firstPattern();
        for (; slash < path.length() && places.size() < MOST_PLACES; slash = nextSlash(slash + 1)) {
            places.add(new Question(Kind.GLOB, slash == 0 ? "/" : path.substring(0, slash)));
        }
        return places;
    }

    /** The slash before the first name that is a pattern; the length if there is none. */
    private int firstPattern() {
        int slash = 0;
        while (kind == Kind.GLOB && slash < path.length()) {
            int next = nextSlash(slash + 1);
            if (Glob.isPattern(path.substring(slash, next))) {
                return slash;
            }
            slash = next;
        }
        return path.length();
    }

    private int nextSlash(int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }
}
