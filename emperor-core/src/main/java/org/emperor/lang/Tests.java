package org.emperor.lang;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The questions of {@code if-...} blocks. */
final class Tests {
    private static final int LONGEST_PATTERN = 256;
    private static final int MOST_LOOKS = 100_000;

    private final Surroundings surroundings;
    private final OtherFiles files;
    private final Expander expander;

    Tests(Surroundings surroundings, OtherFiles files, Expander expander) {
        this.surroundings = surroundings;
        this.files = files;
        this.expander = expander;
    }

    /**
     * @param word what {@code %(_)} stands for in the block; null to leave it as it is outside
     * @param foreign whether that came from the environment
     */
    record Verdict(boolean holds, @Nullable String word, boolean foreign) {
        Verdict(boolean holds, @Nullable String word) {
            this(holds, word, false);
        }
    }

    /** @param argument the opener's value, replaced */
    Verdict of(Given opener, String argument) {
        String key = opener.key();
        boolean not = key.startsWith("if-not-");
        String question = key.substring(not ? 7 : key.startsWith("if-") ? 3 : 2);
        Verdict verdict = ask(question, opener, argument);
        return new Verdict(verdict.holds() != not, verdict.word(), question.equals("env"));
    }

    private Verdict ask(String question, Given opener, String argument) {
        return switch (question) {
            case "exists" -> new Verdict(is(Question.Kind.READABLE, opener, argument), argument);
            case "file" -> new Verdict(is(Question.Kind.FILE, opener, argument), argument);
            case "dir", "directory" -> new Verdict(is(Question.Kind.DIRECTORY, opener, argument), argument);
            case "env" -> compare(argument, name(argument, surroundings.environment()::get));
            case "opt" -> compare(argument, name(argument, key -> option(key.replace('_', '-'))));
            case "reload" -> new Verdict(false, null); // every launch is a fresh one
            case "plugin" -> new Verdict(false, argument);
            case "hostname" -> new Verdict(surroundings.facts().host().equals(argument), argument);
            case "hostname-match" -> new Verdict(isFound(opener, argument), argument);
            default ->
                throw Refusal.of(
                        opener,
                        0,
                        "no such test",
                        "there are if-exists, -file, -dir, -env, -opt, -hostname, -hostname-match, and if-not-...");
        };
    }

    private boolean is(Question.Kind kind, Given opener, String path) {
        return !files.ask(new Question(kind, opener.scope().resolve(path))).isEmpty();
    }

    private interface Lookup {
        @Nullable
        String get(String name);
    }

    private static @Nullable String name(String argument, Lookup lookup) {
        int equals = argument.indexOf('=');
        return lookup.get(equals < 0 ? argument : argument.substring(0, equals));
    }

    private static Verdict compare(String argument, @Nullable String value) {
        int equals = argument.indexOf('=');
        boolean holds =
                value != null && (equals < 0 || argument.substring(equals + 1).equals(value));
        return new Verdict(holds, value);
    }

    private @Nullable String option(String key) {
        Given line = expander.known(key);
        return line == null ? null : expander.value(line);
    }

    private boolean isFound(Given opener, String pattern) {
        if (pattern.length() > LONGEST_PATTERN) {
            throw Refusal.of(opener, 0, "a pattern longer than " + LONGEST_PATTERN, "write it shorter");
        }
        try {
            return Pattern.compile(pattern)
                    .matcher(new Patience(surroundings.facts().host()))
                    .find();
        } catch (PatternSyntaxException unfit) {
            throw Refusal.of(opener, 0, "is no regular expression", "correct the pattern");
        } catch (Patience.Lost endless) {
            throw Refusal.of(opener, 0, "a pattern that takes too long", "write it simpler");
        }
    }

    /** A text that can be looked at only so often, because some patterns try every way there is to match. */
    private static final class Patience implements CharSequence {
        private final String text;
        private int looks;

        Patience(String text) {
            this.text = text;
        }

        private static final class Lost extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        public char charAt(int index) {
            looks++;
            if (looks > MOST_LOOKS) {
                throw new Lost();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
