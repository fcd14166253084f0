package org.emperor.spec;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Setting;
import org.emperor.lang.Shown;
import org.emperor.lang.Surroundings;

/** Reads what to run. */
final class ProgramReader {
    private final Sheet sheet;
    private final Report report;
    private final Surroundings surroundings;

    ProgramReader(Sheet sheet, Report report, Surroundings surroundings) {
        this.sheet = sheet;
        this.report = report;
        this.surroundings = surroundings;
    }

    /** The program; empty if there is none that can be run. */
    Optional<Program> read() {
        Optional<String> directory = sheet.value(Options.CHDIR, ProgramReader::directory);
        Set<String> unset = sheet.has(Options.UNENV)
                ? new HashSet<>(sheet.values(Options.UNENV, Forms::variable))
                : new HashSet<>();
        Map<String, String> environment = environment(unset);
        environment.keySet().removeAll(unset);
        for (Map.Entry<String, String> variable : sheet.values(Options.ENV, Forms::assignment)) {
            environment.put(variable.getKey(), variable.getValue());
        }
        Program.Init init = sheet.valueOrStandard(Options.INIT, ProgramReader::init);
        int umask = sheet.has(Options.UMASK)
                ? sheet.value(Options.UMASK, Forms::permissions).orElse(Program.STANDARD_UMASK)
                : Program.STANDARD_UMASK;
        Priority priority = priority();
        return argv().map(argv -> new Program(argv, directory, environment, unset, init, umask, priority));
    }

    /** Once it is words; more than once, as from a list of another format, each value is one word as it stands. */
    private Optional<List<String>> argv() {
        List<Setting> given = sheet.given(Options.EXEC);
        if (given.size() == 1) {
            return sheet.value(Options.EXEC, text -> Forms.words(text).then(Forms::argv));
        }
        if (!given.isEmpty() && given.get(0).value().indexOf(' ') >= 0) {
            report.add(
                    given.get(1), "given twice, as a list has it, but the first is no single word", "write one exec");
            return Optional.empty();
        }
        List<String> words = sheet.values(Options.EXEC, Parsed::value);
        Parsed<List<String>> argv = given.isEmpty() ? Parsed.value(List.of()) : Forms.argv(words);
        if (argv instanceof Parsed.Unfit<List<String>> unfit) {
            report.add(given.get(0), unfit);
        }
        return argv.value().filter(list -> !list.isEmpty());
    }

    private Map<String, String> environment(Set<String> unset) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Setting setting : sheet.given(Options.ENV_FILE)) {
            if (sheet.parse(setting, Forms::path).isPresent()) {
                environment.putAll(read(setting));
            }
        }
        for (Setting setting : sheet.given(Options.ENVDIR)) {
            if (sheet.parse(setting, Forms::path).isPresent()) {
                new EnvironmentDirectory(setting, surroundings, report).read(environment, unset);
            }
        }
        return environment;
    }

    private Map<String, String> read(Setting setting) {
        report.read(setting.value());
        Surroundings.Source source = surroundings.read(setting.value());
        if (source instanceof Surroundings.Source.Content content) {
            return EnvironmentFile.read(setting.value(), content.bytes(), report);
        }
        Surroundings.Source.Refused refused = (Surroundings.Source.Refused) source;
        report.add(setting, setting.value() + " " + refused.reason(), refused.remedy());
        return Map.of();
    }

    private Priority priority() {
        if (!sheet.has(Options.NICE) && !sheet.has(Options.CPU_AFFINITY)) {
            return Priority.STANDARD;
        }
        int nice =
                sheet.value(Options.NICE, text -> Forms.number(text, -20, 19)).orElse(Priority.STANDARD.nice());
        List<Integer> cpus =
                sheet.value(Options.CPU_AFFINITY, Numbers::processors).orElse(Priority.STANDARD.cpus());
        return new Priority(nice, cpus);
    }

    private static Parsed<String> directory(String text) {
        return Forms.text(text)
                .then(path -> path.startsWith("/")
                        ? Parsed.value(path)
                        : Parsed.unfit(Shown.quoted(path) + " is not absolute", "write the path in the jail from /"));
    }

    private static Parsed<Program.Init> init(String text) {
        return switch (text) {
            case "resident" -> Parsed.value(Program.Init.RESIDENT);
            case "none" -> Parsed.value(Program.Init.NONE);
            default -> Forms.notAllowed(text, "resident, none");
        };
    }
}
