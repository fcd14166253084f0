package org.emperor.spec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The forms of option values: text in, value or objection out. Which user or group is meant is not asked here. */
final class Forms {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,18}");
    private static final String SIGNALS =
            Arrays.stream(Signal.values()).map(Signal::name).collect(Collectors.joining(", "));
    private static final List<String> TRUE = List.of("true", "yes", "on", "1", "");
    private static final List<String> FALSE = List.of("false", "no", "off", "0");

    /** One argument or variable of execve: MAX_ARG_STRLEN of Linux (32 pages) less its NUL; FreeBSD allows more. */
    private static final int LONGEST_STRING = 131_071;

    private Forms() {}

    /** What the reader asks of a setting whose meaning is the platform's. */
    static Parsed<?> check(Form form, String text) {
        return switch (form) {
            case TEXT -> text(text);
            case WORDS -> words(text);
            case ASSIGNMENT -> assignment(text);
            case DURATION -> Durations.parse(text);
            case COUNT -> count(text);
            case FLAG -> flag(text);
            case SIGNAL -> signal(text);
            case ACCOUNT -> Ids.account(text);
        };
    }

    static Parsed<String> text(String text) {
        if (text.isEmpty()) {
            return Parsed.unfit("has no value", "write one after =");
        }
        int nul = text.indexOf('\0');
        return nul < 0 ? Parsed.value(text) : new Parsed.Unfit<>("contains NUL", "remove it", nul);
    }

    static Parsed<List<String>> words(String text) {
        return text(text).then(Words::parse);
    }

    static Parsed<List<String>> argv(String text) {
        return words(text).then(Forms::argv);
    }

    private static Parsed<List<String>> argv(List<String> words) {
        if (words.isEmpty() || words.get(0).isEmpty()) {
            return Parsed.unfit("names no program", "write its path or name first");
        }
        return words.stream().anyMatch(word -> !fitsExec(word))
                ? Parsed.unfit("a word longer than " + LONGEST_STRING + " bytes", "the kernel takes none; use a file")
                : Parsed.value(words);
    }

    static Parsed<Map.Entry<String, String>> assignment(String text) {
        int equals = text.indexOf('=');
        if (equals < 0 || !VARIABLE.matcher(text.substring(0, equals)).matches()) {
            return Parsed.unfit(
                    "is not NAME=VALUE", "a name has letters, digits and _, and does not begin with a digit");
        }
        if (!fitsExec(text)) {
            return Parsed.unfit("longer than " + LONGEST_STRING + " bytes", "the kernel takes none; use a file");
        }
        return text(text)
                .then(whole -> Parsed.value(Map.entry(whole.substring(0, equals), whole.substring(equals + 1))));
    }

    static Parsed<Long> count(String text) {
        return WHOLE_NUMBER.matcher(text).matches()
                ? Parsed.value(Long.parseLong(text))
                : Parsed.unfit(Shown.of(text) + " is not a count", "write a whole number of at most 18 digits");
    }

    static Parsed<Boolean> flag(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return TRUE.contains(word) || FALSE.contains(word)
                ? Parsed.value(TRUE.contains(word))
                : notAllowed(text, "true, false, yes, no, on, off, 1, 0");
    }

    static Parsed<Signal> signal(String text) {
        return Signal.parse(text).map(Parsed::value).orElseGet(() -> notAllowed(text, SIGNALS));
    }

    static <T> Parsed<T> notAllowed(String text, String allowed) {
        return Parsed.unfit(Shown.of(text) + " is not allowed", "allowed: " + allowed);
    }

    private static boolean fitsExec(String string) {
        return string.getBytes(StandardCharsets.UTF_8).length <= LONGEST_STRING;
    }
}
