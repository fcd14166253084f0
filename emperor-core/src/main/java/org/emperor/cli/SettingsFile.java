package org.emperor.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.emperor.lang.FileOrder;
import org.emperor.lang.HostSurroundings;
import org.emperor.lang.Language;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Reading;
import org.emperor.lang.RegularFile;
import org.emperor.lang.Setting;
import org.emperor.lang.Surroundings;
import org.emperor.lang.Surroundings.Source;
import org.emperor.spec.Form;
import org.emperor.spec.Option;
import org.emperor.spec.Parsed;
import org.emperor.spec.Support;
import org.emperor.spec.UwsgiOnly;

/** Reads the daemon's own settings in the language of vassal files, and says of settings whether their form is right. */
final class SettingsFile {
    private static final String SECTION = "emperor";

    private SettingsFile() {}

    /**
     * The settings of the file that was named, else of the usual one if there is one.
     *
     * @throws CommandFailure with every problem of the file
     */
    static List<Setting> read(Optional<String> named, Path usual) {
        if (named.isEmpty() && !Files.exists(usual)) {
            return List.of();
        }
        return read(named.orElse(usual.toString()));
    }

    private static List<Setting> read(String file) {
        Source source = RegularFile.read(Path.of(file));
        if (source instanceof Source.Refused refused) {
            throw new CommandFailure(ExitCode.MISTAKE, "cannot read settings " + file + ": " + refused.reason());
        }
        Surroundings host = new HostSurroundings(
                () -> ProcessFacts.of(Platforms.installed().here().accounts().self()));
        Reading reading = Language.read(file, ((Source.Content) source).bytes(), SECTION, host);
        List<Setting> settings = settings(reading);
        List<Problem> problems = problems(file, reading, settings);
        if (!problems.isEmpty()) {
            String all = problems.stream().map(Problem::toString).collect(Collectors.joining("\nemperor: "));
            throw new CommandFailure(ExitCode.MISTAKE, all);
        }
        return settings;
    }

    /** Without those that are only there for others to use them. */
    private static List<Setting> settings(Reading reading) {
        return reading.settings().stream()
                .filter(setting ->
                        RunOptions.TABLE.option(setting.key()).isPresent() || !reading.isPlaceholder(setting.key()))
                .toList();
    }

    private static List<Problem> problems(String file, Reading reading, List<Setting> settings) {
        List<Problem> problems = new ArrayList<>(reading.problems());
        if (problems.isEmpty() && reading.header(SECTION).isEmpty()) {
            problems.add(new Problem(Position.of(file), "", "no [emperor] section", "begin with [emperor]"));
        }
        settings.forEach(setting -> problem(setting).ifPresent(problems::add));
        List<String> files = new ArrayList<>(List.of(file));
        files.addAll(reading.files());
        problems.sort(new FileOrder(files));
        return problems;
    }

    /** What is wrong with the form of a setting, wherever it was said. */
    static Optional<Problem> problem(Setting setting) {
        Optional<Option> option = RunOptions.TABLE.option(setting.key());
        Optional<UwsgiOnly> uwsgi = UwsgiOnly.of(setting.key());
        if (option.isEmpty()) {
            return Optional.of(
                    uwsgi.map(it -> problem(setting, it.rule(), it.remedy())).orElseGet(() -> unknown(setting)));
        }
        if (option.get().support() == Support.LATER) {
            return Optional.of(problem(setting, "not supported yet", "remove it"));
        }
        // A wrong text of any other form has its own message, where it is used.
        boolean isText = option.get().form() == Form.TEXT;
        return !isText && option.get().check(setting.value()) instanceof Parsed.Unfit<?> unfit
                ? Optional.of(problem(setting, unfit.rule(), unfit.remedy()))
                : Optional.empty();
    }

    private static Problem problem(Setting setting, String rule, String remedy) {
        return new Problem(setting.position(), setting.key(), rule, remedy);
    }

    private static Problem unknown(Setting setting) {
        String remedy = RunOptions.TABLE
                .nearest(setting.key())
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("emperor run --help lists the keys");
        return new Problem(setting.position(), setting.key(), "unknown key", remedy);
    }
}
