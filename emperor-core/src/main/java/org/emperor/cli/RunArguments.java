package org.emperor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emperor.lang.Position;
import org.emperor.lang.Setting;
import org.emperor.spec.Option;

/**
 * The words after {@code emperor run}, as settings; read by hand because the start path does not load picocli.
 *
 * @param config the file of {@code --config}
 * @param help whether help was asked for, and nothing else counts
 */
record RunArguments(List<Setting> settings, Optional<String> config, boolean help) {
    private static final String CONFIG = "config";
    private static final Position COMMAND_LINE = Position.of("command line");

    /** @throws CommandFailure if a word is no option, or its value is missing */
    static RunArguments parse(List<String> words) {
        List<Setting> settings = new ArrayList<>();
        Optional<String> config = Optional.empty();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--help") || word.equals("-h")) {
                return new RunArguments(List.of(), Optional.empty(), true);
            }
            String key = key(word);
            int equals = word.indexOf('=');
            String value = equals >= 0 ? word.substring(equals + 1) : next(words, ++i, key);
            if (key.equals(CONFIG)) {
                config = Optional.of(value);
            } else {
                settings.add(new Setting(known(key).key(), value, COMMAND_LINE));
            }
        }
        return new RunArguments(settings, config, false);
    }

    private static String key(String word) {
        if (!word.startsWith("--") || word.length() == 2) {
            throw usage("\"" + word + "\" is not an option; write --vassals " + word + " for a source of vassals");
        }
        int equals = word.indexOf('=');
        String key = equals >= 0 ? word.substring(2, equals) : word.substring(2);
        return key.replace('_', '-').toLowerCase(Locale.ROOT);
    }

    private static String next(List<String> words, int at, String key) {
        if (!key.equals(CONFIG)) {
            known(key); // an unknown option is the better message than its missing value
        }
        if (at >= words.size()) {
            throw usage("--" + key + " needs a value");
        }
        return words.get(at);
    }

    private static Option known(String key) {
        return RunOptions.TABLE
                .option(key)
                .orElseThrow(() -> usage("unknown option --" + key
                        + RunOptions.TABLE
                                .nearest(key)
                                .map(near -> "; did you mean --" + near + "?")
                                .orElse("")));
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message + "; see emperor run --help");
    }
}
