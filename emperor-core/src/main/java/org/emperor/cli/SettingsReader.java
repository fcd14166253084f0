package org.emperor.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.emperor.http.HttpAddress;
import org.emperor.lang.Setting;
import org.emperor.monitor.Sources;
import org.emperor.spec.Form;
import org.emperor.spec.Option;
import org.emperor.spec.Options;
import org.emperor.spec.UwsgiSettings;

/** Makes {@link RunSettings} of the command line, over the settings file, over what is usual. */
final class SettingsReader {
    private static final int LONGEST_SOCKET = 106; // what Java takes: sun_path of unix(7) has room for one more

    private static final long LONGEST_RESCAN = 86_400;

    private final StandardPlaces places;
    private final List<Setting> settings;

    private SettingsReader(StandardPlaces places, List<Setting> settings) {
        this.places = places;
        this.settings = settings;
    }

    /** @throws CommandFailure with every problem of the settings file, or the first of the values */
    static RunSettings read(RunArguments arguments, StandardPlaces places) {
        arguments.settings().forEach(said -> SettingsFile.problem(said).ifPresent(problem -> {
            throw mistake(said, problem.rule() + "; " + problem.remedy());
        }));
        List<Setting> file = SettingsFile.read(arguments.config(), places.config());
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
        RunSettings settings =
                new RunSettings(sources(), state, data, logs, http(), rescan(), defaults(), uwsgi(), logLevel());
        last(RunOptions.STATE_DIR).ifPresent(given -> checkSocket(given, settings.socket()));
        return settings;
    }

    /** Clients would never reach an emperor whose socket cannot be had. */
    private static void checkSocket(Setting stateDir, Path socket) {
        int length = socket.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_SOCKET) {
            throw mistake(
                    stateDir,
                    "the path of its emperor.sock has " + length + " bytes, and a socket's has at most "
                            + LONGEST_SOCKET + "; choose a shorter one");
        }
    }

    private List<String> sources() {
        List<String> sources = all(RunOptions.VASSALS);
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

    private Duration rescan() {
        Optional<Setting> setting = last(RunOptions.FREQ);
        if (setting.isEmpty()) {
            return Sources.RESCAN;
        }
        long seconds = Long.parseLong(setting.get().value());
        if (seconds < 1 || seconds > LONGEST_RESCAN) {
            throw mistake(setting.get(), "not 1 to " + LONGEST_RESCAN + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    /** What uWSGI says once for all vassals, as the key of the vassal file that says it for one. */
    private List<Setting> defaults() {
        List<Setting> defaults = new ArrayList<>();
        addDefault(defaults, RunOptions.USE_CLONE, "clone", "");
        addDefault(defaults, RunOptions.CAP, "cap-keep", "");
        addDefault(defaults, RunOptions.THROTTLE, Options.BACKOFF_DELAY, "ms");
        addDefault(defaults, RunOptions.MAX_THROTTLE, Options.BACKOFF_LIMIT, "ms");
        addDefault(defaults, RunOptions.CURSE_TOLERANCE, Options.STOP_GRACE, "s");
        addDefault(defaults, RunOptions.HOOK_TIMEOUT, RunOptions.HOOK_TIMEOUT, "");
        settings.stream()
                .filter(setting -> RunOptions.HOOKS.contains(canonical(setting.key())))
                .forEach(defaults::add);
        return defaults;
    }

    private void addDefault(List<Setting> defaults, String said, String meant, String unit) {
        last(said).ifPresent(setting -> defaults.add(new Setting(meant, setting.value() + unit, setting.position())));
    }

    private UwsgiSettings uwsgi() {
        return new UwsgiSettings(
                last(RunOptions.BINARY_PATH).map(Setting::value).orElse(UwsgiSettings.USUAL_BINARY),
                last(RunOptions.WRAPPER).map(Setting::value),
                all(RunOptions.WRAPPER_OVERRIDE),
                all(RunOptions.WRAPPER_FALLBACK),
                all(RunOptions.INHERIT_BEFORE),
                all(RunOptions.INCLUDE_BEFORE),
                all(RunOptions.SET),
                all(RunOptions.INHERIT),
                all(RunOptions.INCLUDE),
                last(RunOptions.MAGIC_EXEC).filter(SettingsReader::isTrue).isPresent(),
                all(RunOptions.EXTRA_EXTENSION));
    }

    private static boolean isTrue(Setting flag) {
        return Form.isOn(flag.value());
    }

    private List<String> all(String key) {
        return settings.stream()
                .filter(setting -> isSame(setting.key(), key))
                .map(Setting::value)
                .toList();
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
        return settings.stream().filter(setting -> isSame(setting.key(), key)).reduce((earlier, later) -> later);
    }

    private static boolean isSame(String key, String other) {
        return canonical(key).equals(canonical(other));
    }

    private static String canonical(String key) {
        return RunOptions.TABLE.option(key).map(Option::canonical).orElse(key);
    }

    private static CommandFailure mistake(Setting setting, String rule) {
        boolean typed = setting.position().line() == 0;
        String key = typed ? "--" + setting.key() : setting.position() + ": " + setting.key();
        return new CommandFailure(typed ? ExitCode.USAGE : ExitCode.MISTAKE, key + ": " + rule);
    }
}
