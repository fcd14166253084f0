package org.emperor.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.emperor.lang.Document;
import org.emperor.lang.Setting;
import org.emperor.spec.Digits;
import org.emperor.spec.OptionTable;
import org.jspecify.annotations.Nullable;

/** One {@code [program:x]}, which is a vassal for each of its processes. */
final class SupervisordProgram {
    private static final int MOST_PROCESSES = 1000;

    private final String name;
    private final String group;
    private final Document.Section section;
    private final Supervisord.Inherited inherited;
    private final OptionTable table;
    private final Map<String, Setting> given = new LinkedHashMap<>();

    SupervisordProgram(
            String name, String group, Document.Section section, Supervisord.Inherited inherited, OptionTable table) {
        this.name = name;
        this.group = group;
        this.section = section;
        this.inherited = inherited;
        this.table = table;
        for (Setting setting : section.settings()) {
            given.put(setting.key(), setting);
        }
    }

    /** @throws MigrationFailure if it can be no vassal, or supervisord refuses it too */
    List<Draft> drafts(Expansions general) {
        Expansions program = general.with("program_name", name).with("group_name", group.isEmpty() ? name : group);
        int processes = number("numprocs", 1, program);
        int first = number("numprocs_start", 0, program);
        if (processes > MOST_PROCESSES) {
            throw failure("numprocs", "more than " + MOST_PROCESSES + " processes", "import them in parts");
        }
        Setting names = given.get("process_name");
        if (processes > 1 && (names == null || !names.value().contains("%(process_num)"))) {
            throw failure("numprocs", "several processes of one name", "write %(process_num)s into process_name");
        }
        List<Draft> drafts = new ArrayList<>();
        for (int number = first; number < first + processes; number++) {
            Expansions process =
                    program.with("process_num", Integer.toString(number)).with("numprocs", Integer.toString(processes));
            drafts.add(draft(names == null ? name : process.of(names), process));
        }
        return drafts;
    }

    private Draft draft(String process, Expansions expansions) {
        String wanted = process.startsWith(name) ? process : name + "-" + process;
        Setting header = new Setting("[" + section.name() + "]", "", section.position());
        Draft draft = Draft.named(table, wanted, header, "was program " + wanted + " of supervisord");
        Map<String, String> environment = new LinkedHashMap<>(inherited.environment());
        Expansions all = expansions;
        Setting own = given.get("environment");
        if (own != null) {
            environment.putAll(environment(own, expansions));
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            all = all.with("ENV_" + variable.getKey(), variable.getValue());
        }
        command(draft, header, all);
        Setting source = own == null ? header : own;
        environment.forEach((key, value) -> draft.put(source, "env", key + "=" + value));
        place(draft, all);
        new SupervisordLife(given, draft, all).write();
        if (!group.isEmpty()) {
            draft.put(header, "labels", "group=" + group);
        }
        return draft;
    }

    /** @throws MigrationFailure where supervisord refuses the list */
    static Map<String, String> environment(Setting setting, Expansions expansions) {
        return PythonWords.pairs(expansions.of(setting))
                .orElseThrow(() -> new MigrationFailure(
                        setting.position(),
                        setting.key(),
                        "not KEY=value pairs with commas between",
                        "supervisord refuses it too; put the values in double quotes"));
    }

    private void command(Draft draft, Setting header, Expansions expansions) {
        Setting command = given.get("command");
        if (command == null) {
            throw new MigrationFailure(header.position(), header.key(), "has no command", "supervisord refuses it too");
        }
        List<String> words = PythonWords.split(expansions.of(command))
                .orElseThrow(() -> failure(
                        "command",
                        "a quote that is not closed, or a backslash before nothing",
                        "supervisord ends a value at a ; or # after a blank, also in quotes"));
        if (words.isEmpty()) {
            throw failure("command", "names no program", "write its path");
        }
        draft.need(command, "exec", Text.words(words));
    }

    private void place(Draft draft, Expansions expansions) {
        carry("directory", expansions, (setting, value) -> draft.put(setting, "chdir", value));
        carry("user", expansions, (setting, value) -> draft.need(setting, "uid", value));
        carry("umask", expansions, (setting, value) -> draft.put(setting, "umask", value));
    }

    private void carry(String key, Expansions expansions, BiConsumer<Setting, String> to) {
        Setting setting =
                given.containsKey(key) ? given.get(key) : inherited.settings().get(key);
        if (setting != null && !setting.value().isEmpty()) {
            to.accept(setting, expansions.of(setting));
        }
    }

    private int number(String key, int standard, Expansions expansions) {
        @Nullable Setting setting = given.get(key);
        if (setting == null) {
            return standard;
        }
        return Optional.of(expansions.of(setting))
                .filter(text -> Digits.are(text, 6))
                .map(Integer::parseInt)
                .orElseThrow(() -> failure(key, "not a number", "supervisord refuses it too"));
    }

    private MigrationFailure failure(String key, String rule, String remedy) {
        Setting setting = given.get(key);
        return new MigrationFailure(setting == null ? section.position() : setting.position(), key, rule, remedy);
    }
}
