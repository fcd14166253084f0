package org.emperor.spec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.emperor.lang.Shown;

/** The forms of option values: text in, value or objection out. Which user or group is meant is not asked here. */
final class Forms {
    /** One argument or variable of execve: MAX_ARG_STRLEN of Linux (32 pages) less its NUL; FreeBSD allows more. */
    private static final int LONGEST_STRING = 131_071;

    private Forms() {}

    /** What the reader asks of a setting whose meaning is not its own. */
    static Parsed<?> check(Option option, String text) {
        return switch (option.form()) {
            case TEXT -> text(text);
            case WORDS -> words(text);
            case ASSIGNMENT -> assignment(text);
            case VARIABLE -> variable(text);
            case PATH -> path(text);
            case DOCUMENT -> text(text);
            case DURATION -> Durations.parse(text);
            case COUNT -> count(text);
            case NUMBER -> number(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case OCTAL -> permissions(text);
            case FLAG -> flag(text);
            case SIGNAL -> signal(text);
            case STEPS -> StopStep.sequence(text);
            case CODES -> Numbers.exitCodes(text);
            case ACCOUNT -> Ids.account(text);
            case CPUS -> Numbers.processors(text);
            case LIMIT -> limit(option.canonical(), text);
            case LABELS -> Labels.parse(text);
            case ENDING -> text(text).then(Endings::parse);
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

    /** The words of a program; with more than one text each is a word as it stands. */
    static Parsed<List<String>> argv(List<String> words) {
        if (words.isEmpty() || words.get(0).isEmpty()) {
            return Parsed.unfit("names no program", "write its path or name first");
        }
        for (String word : words) {
            if (!fitsExec(word)) {
                return Parsed.unfit(
                        "a word longer than " + LONGEST_STRING + " bytes", "the kernel takes none; use a file");
            }
        }
        return Parsed.value(words);
    }

    static Parsed<Map.Entry<String, String>> assignment(String text) {
        int equals = text.indexOf('=');
        if (equals < 0 || !isVariable(text.substring(0, equals))) {
            return Parsed.unfit(
                    "is not NAME=VALUE", "a name has letters, digits and _, and does not begin with a digit");
        }
        if (!fitsExec(text)) {
            return Parsed.unfit("longer than " + LONGEST_STRING + " bytes", "the kernel takes none; use a file");
        }
        return text(text)
                .then(whole -> Parsed.value(Map.entry(whole.substring(0, equals), whole.substring(equals + 1))));
    }

    static Parsed<String> variable(String text) {
        return isVariable(text)
                ? Parsed.value(text)
                : Parsed.unfit(
                        "is not a variable's name", "it has letters, digits and _, and does not begin with a digit");
    }

    static Parsed<String> path(String text) {
        return text(text)
                .then(path -> path.startsWith("/")
                        ? Parsed.value(path)
                        : Parsed.unfit(Shown.quoted(path) + " is not absolute", "write the path from /"));
    }

    static Parsed<Long> count(String text) {
        return Digits.are(text, 18)
                ? Parsed.value(Long.parseLong(text))
                : Parsed.unfit(Shown.quoted(text) + " is not a count", "write a whole number of at most 18 digits");
    }

    static Parsed<Integer> number(String text, int least, int most) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        long value = Digits.are(digits, 18) ? Long.parseLong(digits) : Long.MAX_VALUE;
        long signed = negative ? -value : value;
        return value != Long.MAX_VALUE && signed >= least && signed <= most
                ? Parsed.value((int) signed)
                : Parsed.unfit(
                        Shown.quoted(text) + " is not a whole number from " + least + " to " + most,
                        "write one of these");
    }

    static Parsed<Integer> permissions(String text) {
        boolean octal = Digits.are(text, 4) && text.indexOf('8') < 0 && text.indexOf('9') < 0;
        return octal && Integer.parseInt(text, 8) <= 0777
                ? Parsed.value(Integer.parseInt(text, 8))
                : Parsed.unfit(Shown.quoted(text) + " is not a mask of permissions", "write octal digits such as 022");
    }

    static Parsed<Boolean> flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1", "" -> Parsed.value(true);
            case "false", "no", "off", "0" -> Parsed.value(false);
            default -> notAllowed(text, "true, false, yes, no, on, off, 1, 0");
        };
    }

    static Parsed<Signal> signal(String text) {
        return Signal.parse(text)
                .filter(Forms::mayBeSent)
                .map(Parsed::value)
                .orElseGet(() -> notAllowed(text, signals()));
    }

    private static Parsed<ResourceLimit> limit(String key, String text) {
        for (Resource resource : Resource.values()) {
            if (resource.key().equals(key)) {
                return ResourceLimit.parse(resource, text);
            }
        }
        throw new IllegalStateException(key + " limits no resource");
    }

    static <T> Parsed<T> notAllowed(String text, String allowed) {
        return Parsed.unfit(Shown.quoted(text) + " is not allowed", "allowed: " + allowed);
    }

    /** Whether it is ASCII digits only, at least one and at most so many. */
    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isVariable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && c != '_' && (i == 0 || !isDigit(c))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Nobody forwards STOP: it would stop the jail's init, which then heeds nothing else, and the program runs on. */
    private static boolean mayBeSent(Signal signal) {
        return signal != Signal.STOP;
    }

    private static String signals() {
        List<String> names = new ArrayList<>();
        for (Signal signal : Signal.values()) {
            if (mayBeSent(signal)) {
                names.add(signal.name());
            }
        }
        return String.join(", ", names);
    }

    private static boolean fitsExec(String string) {
        // A character is at most three bytes for each of its UTF-16 units: short strings need not be encoded.
        return string.length() <= LONGEST_STRING / 3
                || string.getBytes(StandardCharsets.UTF_8).length <= LONGEST_STRING;
    }
}
