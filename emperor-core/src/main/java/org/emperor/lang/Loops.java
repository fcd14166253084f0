package org.emperor.lang;

import java.util.ArrayList;
import java.util.List;

/** What the loops run over. */
final class Loops {
    private static final int MOST_TURNS = 100_000;

    private final Surroundings surroundings;
    private final OtherFiles files;
    private final Budget budget;

    Loops(Surroundings surroundings, OtherFiles files, Budget budget) {
        this.surroundings = surroundings;
        this.files = files;
        this.budget = budget;
    }

    /** @param argument the opener's value, replaced */
    List<String> contexts(Given opener, String argument) {
        return switch (opener.key()) {
            case "for" -> split(opener, argument, ' ', true);
            case "for-times" -> numbers(opener, argument);
            case "for-glob" -> paths(opener, argument);
            case "for-readline" -> split(opener, withoutLastEnd(files.text(argument, opener, -1)), '\n', false);
            default ->
                throw Refusal.of(
                        opener, -1, "no such loop", "there are for, for-times, for-glob and for-readline");
        };
    }

    private static String withoutLastEnd(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private List<String> split(Given opener, String text, char separator, boolean onlyWords) {
        List<String> words = new ArrayList<>();
        for (int from = 0; from <= text.length() && !text.isEmpty(); ) {
            int found = text.indexOf(separator, from);
            int end = found < 0 ? text.length() : found;
            if (end > from || !onlyWords) {
                budget.step(opener);
                words.add(withoutReturn(text.substring(from, end)));
            }
            from = end + 1;
        }
        return words;
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private List<String> numbers(Given opener, String argument) {
        int times = count(argument);
        if (times < 0 || times > MOST_TURNS) {
            throw Refusal.of(opener, -1, "not a number of times", "write 0 to " + MOST_TURNS);
        }
        List<String> numbers = new ArrayList<>(times);
        for (int i = 1; i <= times; i++) {
            budget.step(opener);
            numbers.add(String.valueOf(i));
        }
        return numbers;
    }

    private static int count(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(text);
    }

    /** As glob(3) with GLOB_MARK and GLOB_NOCHECK. */
    private List<String> paths(Given opener, String pattern) {
        List<String> found = surroundings.glob(opener.scope().resolve(pattern), MOST_TURNS);
        if (found.isEmpty()) {
            return List.of(pattern);
        }
        List<String> paths = new ArrayList<>(found.size());
        for (String path : found) {
            budget.step(opener);
            paths.add(surroundings.isDirectory(path) && !path.endsWith("/") ? path + "/" : path);
        }
        return paths;
    }
}
