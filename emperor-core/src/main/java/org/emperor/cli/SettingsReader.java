package org.emperor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emperor.http.HttpAddress;
import org.emperor.lang.Document;
import org.emperor.lang.IniReader;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;

/** Makes {@link RunSettings} of the command line, over the settings file, over what is usual. */
final class SettingsReader {
    private static final String SECTION = "emperor";

    private final StandardPlaces places;
    private final List<Setting> settings;

    private SettingsReader(StandardPlaces places, List<Setting> settings) {
        this.places = places;
        this.settings = settings;
    }

    /** @throws CommandFailure with every problem of the settings file, or the first of the values */
    static RunSettings read(RunArguments arguments, StandardPlaces places) {
        List<Setting> file = arguments
                .config()
                .map(named -> section(Path.of(named), read(Path.of(named))))
                .orElseGet(() ->
                        Files.exists(places.config()) ? section(places.config(), read(places.config())) : List.of());
        // A key of the command line replaces all values that the file gives to the same key.
        Stream<Setting> rest = file.stream()
                .filter(written -> arguments.settings().stream().noneMatch(said -> isSame(said.key(), written.key())));
        return new SettingsReader(
                        places,
                        Stream.concat(rest, arguments.settings().stream()).toList())
                .settings();
    }

    private RunSettings settings() {
        Optional<Path> givenState = path(RunOptions.STATE_DIR);
        Path state = givenState.orElse(places.state());
        Path data = path(RunOptions.DATA_DIR)
                .orElseGet(() -> givenState.map(given -> given.resolve("data")).orElse(places.data()));
        Optional<Path> logs =
                last(RunOptions.LOG_DIR).map(Setting::value).filter("-"::equals).isPresent()
                        ? Optional.empty()
                        : Optional.of(path(RunOptions.LOG_DIR).orElse(places.logs()));
        return new RunSettings(sources(), state, data, logs, http(), defaults(), logLevel());
    }

    private List<String> sources() {
        List<String> sources = settings.stream()
                .filter(setting -> isSame(setting.key(), RunOptions.VASSALS))
                .map(Setting::value)
                .toList();
        return sources.isEmpty() ? List.of(places.vassals().toString()) : sources;
    }

    private Optional<HttpAddress> http() {
        Optional<Setting> setting = last(RunOptions.HTTP);
        if (setting.isEmpty()) {
            return Optional.of(HttpAddress.USUAL);
        }
        try {
            return HttpAddress.parse(setting.get().value());
        } catch (IllegalArgumentException refused) {
            throw mistake(setting.get(), String.valueOf(refused.getMessage()));
        }
    }

    private List<Setting> defaults() {
        return last(RunOptions.USE_CLONE)
                .map(setting -> List.of(new Setting("clone", setting.value(), setting.position())))
                .orElse(List.of());
    }

    private System.Logger.Level logLevel() {
        Optional<Setting> setting = last(RunOptions.LOG_LEVEL);
        if (setting.isEmpty()) {
            return System.Logger.Level.INFO;
        }
        return switch (setting.get().value()) {
            case "debug" -> System.Logger.Level.DEBUG;
            case "info" -> System.Logger.Level.INFO;
            case "warning" -> System.Logger.Level.WARNING;
            case "error" -> System.Logger.Level.ERROR;
            default ->
                throw mistake(setting.get(), "\"" + setting.get().value() + "\" is not debug, info, warning or error");
        };
    }

    private Optional<Path> path(String key) {
        return last(key).map(setting -> {
            if (setting.value().isEmpty() || setting.value().indexOf('\0') >= 0) {
                throw mistake(setting, "not a directory's name");
            }
            return Path.of(setting.value()).toAbsolutePath().normalize();
        });
    }

    private Optional<Setting> last(String key) {
        return settings.stream().filter(setting -> setting.key().equals(key)).reduce((earlier, later) -> later);
    }

    private static boolean isSame(String key, String other) {
        return canonical(key).equals(canonical(other));
    }

    private static String canonical(String key) {
        return key.equals(RunOptions.EMPEROR) ? RunOptions.VASSALS : key;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new CommandFailure(ExitCode.MISTAKE, "cannot read settings " + file + ": no such file", missing);
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.MISTAKE, "cannot read settings: " + unreadable, unreadable);
        }
    }

    private static List<Setting> section(Path path, byte[] content) {
        Document ini = IniReader.read(path.toString(), content);
        List<Problem> problems = new ArrayList<>(ini.problems());
        if (problems.isEmpty() && ini.header(SECTION).isEmpty()) {
            problems.add(new Problem(Position.of(path.toString()), "", "no [emperor] section", "begin with [emperor]"));
        }
        List<Setting> settings = ini.settings(SECTION);
        settings.stream()
                .filter(setting -> RunOptions.TABLE.option(setting.key()).isEmpty())
                .map(SettingsReader::unknown)
                .forEach(problems::add);
        if (!problems.isEmpty()) {
            String all = problems.stream().map(Problem::toString).collect(Collectors.joining("\nemperor: "));
            throw new CommandFailure(ExitCode.MISTAKE, all);
        }
        return settings;
    }

    private static Problem unknown(Setting setting) {
        String remedy = RunOptions.TABLE
                .nearest(setting.key())
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("emperor run --help lists the keys");
        return new Problem(setting.position(), setting.key(), "unknown key", remedy);
    }

    private static CommandFailure mistake(Setting setting, String rule) {
        boolean typed = setting.position().line() == 0;
        String key = typed ? "--" + setting.key() : setting.position() + ": " + setting.key();
        return new CommandFailure(typed ? ExitCode.USAGE : ExitCode.MISTAKE, key + ": " + rule);
    }
}
