package org.emperor.migration;

import java.util.ArrayList;
import java.util.List;
import org.emperor.lang.Setting;

/**
 * A command of a unit, systemd.service(5), "Command lines". Variables in it are replaced by systemd when it starts the
 * program; here a shell does that, which then becomes the program.
 *
 * @param prefixes the signs before the path
 * @param words the program and its arguments, variables not replaced
 * @param more whether another command follows behind a semicolon
 */
record StartCommand(String prefixes, List<String> words, boolean more) {
    private static final String PREFIXES = "-@:+!|";

    StartCommand {
        words = List.copyOf(words);
    }

    static StartCommand of(Setting setting, Specifiers specifiers) {
        List<UnitWords.Word> written = UnitWords.of(setting);
        List<String> words = new ArrayList<>();
        String prefixes = "";
        boolean more = false;
        for (UnitWords.Word word : written) {
            if (word.raw().equals(";")) {
                more = true;
                break;
            }
            String text = word.raw().equals("\\;") ? ";" : word.text();
            if (words.isEmpty()) {
                int path = path(text);
                prefixes = text.substring(0, path);
                text = text.substring(path);
            }
            words.add(specifiers.of(setting, text));
        }
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new MigrationFailure(setting.position(), setting.key(), "names no program", "write its path");
        }
        return new StartCommand(prefixes, words, more);
    }

    private static int path(String text) {
        int at = 0;
        while (at < text.length() && PREFIXES.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    boolean has(char prefix) {
        return prefixes.indexOf(prefix) >= 0;
    }

    /** With {@code @} the second word is only a name. */
    private List<String> argv() {
        if (!has('@') || words.size() < 2) {
            return words;
        }
        List<String> argv = new ArrayList<>(words);
        argv.remove(1);
        return argv;
    }

    /** Whether a shell has to replace variables. */
    boolean needsShell() {
        if (has(':')) {
            return false;
        }
        List<String> argv = argv();
        for (String word : argv.subList(1, argv.size())) {
            if (isWholeVariable(word) || firstVariable(word, 0) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** As a value of {@code exec}. */
    String exec() {
        List<String> argv = argv();
        if (!needsShell()) {
            List<String> plain = new ArrayList<>();
            for (String word : argv) {
                plain.add(has(':') || plain.isEmpty() ? word : word.replace("$$", "$"));
            }
            return Text.words(plain);
        }
        StringBuilder script = new StringBuilder("exec ").append(Text.quoted(argv.get(0)));
        for (String word : argv.subList(1, argv.size())) {
            script.append(' ').append(isWholeVariable(word) ? word : shellWord(word));
        }
        return Text.words(List.of("/bin/sh", "-fc", script.toString())); // -f: what comes of a variable is no pattern
    }

    private static boolean isWholeVariable(String word) {
        return word.startsWith("$") && Text.isVariable(word.substring(1));
    }

    /** Where {@code ${NAME}} begins at or after the index; -1 if nowhere. */
    private static int firstVariable(String word, int from) {
        for (int at = word.indexOf('$', from); at >= 0; at = word.indexOf('$', at + 1)) {
            if (word.startsWith("$$", at)) {
                at++;
            } else if (word.startsWith("${", at) && Text.isVariable(name(word, at))) {
                return at;
            }
        }
        return -1;
    }

    private static String name(String word, int at) {
        int close = word.indexOf('}', at);
        return close < 0 ? "" : word.substring(at + 2, close);
    }

    private static String shellWord(String word) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int found = firstVariable(word, 0); found >= 0; found = firstVariable(word, at)) {
            piece(out, word.substring(at, found));
            int end = word.indexOf('}', found) + 1;
            out.append('"').append(word, found, end).append('"');
            at = end;
        }
        piece(out, word.substring(at));
        return out.isEmpty() ? "''" : out.toString();
    }

    private static void piece(StringBuilder out, String text) {
        if (!text.isEmpty()) {
            out.append(Text.quoted(text.replace("$$", "$")));
        }
    }
}
