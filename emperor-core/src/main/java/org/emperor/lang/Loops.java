package org.emperor.lang;

import java.util.ArrayList;
import java.util.List;

/** What the loops run over. */
final class Loops {
    private static final int MOST_TURNS = 10_000;

    private final OtherFiles files;
    private final Budget budget;

    Loops(OtherFiles files, Budget budget) {
        this.files = files;
        this.budget = budget;
    }

    /** @param argument the opener's value, replaced */
    List<String> words(Given opener, String argument) {
        return switch (opener.key()) {
            case "for" -> split(opener, argument, ' ', true);
            case "for-times" -> numbers(opener, argument);
            case "for-glob" -> paths(opener, argument);
            case "for-readline" -> split(opener, withoutLastEnd(files.text(argument, opener, 0)), '\n', false);
            default ->
                throw Refusal.of(opener, 0, "no such loop", "there are for, for-times, for-glob and for-readline");
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
        if (times < 0) {
            throw Refusal.of(opener, 0, "is no whole number", "write how many times");
        }
        if (times > MOST_TURNS) {
            throw Refusal.of(opener, 0, "more than " + MOST_TURNS + " times", "repeat less");
        }
        List<String> numbers = new ArrayList<>(times);
        for (int i = 1; i <= times; i++) {
            budget.step(opener);
            numbers.add(String.valueOf(i));
        }
        return numbers;
    }

    private static int count(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return text.isEmpty() ? -1 : text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(text);
    }

    /** As glob(3) with GLOB_MARK and GLOB_NOCHECK. */
    private List<String> paths(Given opener, String pattern) {
        String whole = opener.scope().resolve(pattern);
        int added = whole.length() - pattern.length();
        List<String> paths = new ArrayList<>();
        for (String path : files.ask(new Question(Question.Kind.GLOB, whole))) {
            budget.step(opener);
            paths.add(path.substring(added));
        }
        return paths.isEmpty() ? List.of(pattern) : paths;
    }
}
