package org.emperor.migration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.lang.Setting;
import org.emperor.spec.Digits;

/** The section of a service: the program, who it runs as, and everything else handed on. */
final class Service {
    private final Assignments given;
    private final Draft draft;
    private final Specifiers specifiers;
    private final Setting header;

    Service(Assignments given, Draft draft, Specifiers specifiers, Setting header) {
        this.given = given;
        this.draft = draft;
        this.specifiers = specifiers;
        this.header = header;
    }

    /** @throws MigrationFailure if there is no program, or none that can be said */
    void write() {
        boolean privileged = program();
        environment();
        ServiceLife life = new ServiceLife(given, draft);
        ServiceJail jail = new ServiceJail(given, draft);
        ServiceRights rights = new ServiceRights(given, draft);
        life.write();
        jail.write();
        rights.write();
        for (String key : given.keys()) {
            for (Setting setting : given.all(key)) {
                try {
                    boolean taken =
                            life.takes(key) || jail.takes(setting) || rights.takes(setting) || one(setting, privileged);
                    if (!taken) {
                        ServiceLosses.tell(draft, setting);
                    }
                } catch (MigrationFailure failure) {
                    if (isFence(key)) {
                        throw failure;
                    }
                    draft.lose(failure.problem());
                }
            }
        }
    }

    /** Without these the program would have more rights than it had: then rather no vassal. */
    private static boolean isFence(String key) {
        return switch (key) {
            case "User", "Group", "RootDirectory", "DynamicUser" -> true;
            default -> false;
        };
    }

    /** Whether the program has rights that User does not take. */
    private boolean program() {
        List<Setting> commands = given.all("ExecStart");
        if (commands.isEmpty()) {
            throw new MigrationFailure(header.position(), header.key(), "has no ExecStart", "nothing would run");
        }
        Setting setting = commands.get(0);
        StartCommand command = StartCommand.of(setting, specifiers);
        if (commands.size() > 1 || command.more()) {
            throw new MigrationFailure(
                    setting.position(),
                    setting.key(),
                    "several commands",
                    "write a script that runs them, and start it");
        }
        draft.need(setting, "exec", command.exec());
        prefixes(setting, command);
        return command.has('+') || (command.has('!') && !command.prefixes().contains("!!"));
    }

    private void prefixes(Setting setting, StartCommand command) {
        if (command.has('@')) {
            draft.lose(setting, "the program's own name for itself cannot be set", "");
        }
        if (command.has('-')) {
            draft.lose(setting, "a failure counts as one", "write success-codes for the codes that are none");
        }
        if (command.has('+') || command.has('!')) {
            draft.lose(setting, "rights beyond User are all or none: there is no uid where systemd gave more", "");
        }
        if (command.has('|')) {
            draft.lose(setting, "no login shell is put before the program", "");
        }
        if (command.needsShell()) {
            draft.lose(
                    setting,
                    "variables are replaced by /bin/sh, which must be in the jail and knows no quotes in their values",
                    "");
        }
    }

    private void environment() {
        for (Setting setting : given.all("EnvironmentFile")) {
            attempt(() -> environmentFile(setting));
        }
        Map<String, Map.Entry<Setting, String>> variables = new LinkedHashMap<>();
        for (Setting setting : given.all("Environment")) {
            attempt(() -> UnitWords.texts(setting)
                    .forEach(word -> attempt(() -> {
                        String text = specifiers.of(setting, word);
                        variables.put(text.substring(0, Math.max(0, text.indexOf('='))), Map.entry(setting, text));
                    })));
        }
        for (Setting setting : given.all("UnsetEnvironment")) {
            attempt(() -> unset(setting, variables));
        }
        variables.values().forEach(variable -> draft.put(variable.getKey(), "env", variable.getValue()));
        if (!variables.isEmpty() && !given.all("EnvironmentFile").isEmpty()) {
            Setting first = given.all("Environment").get(0);
            draft.lose(first, "env wins over env-file here, and the other way round there", "keep each name in one");
        }
    }

    private void environmentFile(Setting setting) {
        String text = specifiers.of(setting);
        String path = text.startsWith("-") ? text.substring(1) : text;
        if (path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.indexOf('[') >= 0) {
            draft.lose(setting, "env-file takes no patterns", "name each file");
            return;
        }
        draft.put(setting, "env-file", path);
        if (text.startsWith("-")) {
            draft.lose(setting, "the file must be there", "make an empty one where it is missing");
        }
    }

    private void unset(Setting setting, Map<String, Map.Entry<Setting, String>> variables) {
        for (String word : UnitWords.texts(setting)) {
            if (word.indexOf('=') >= 0) {
                draft.lose(setting, "a variable is left out whatever its value", "write unenv");
            } else {
                variables.remove(word);
                draft.put(setting, "unenv", word);
            }
        }
    }

    private void attempt(Runnable part) {
        try {
            part.run();
        } catch (MigrationFailure failure) {
            draft.lose(failure.problem());
        }
    }

    /** A key that stands for itself; of several assignments the last counts. */
    private boolean one(Setting setting, boolean privileged) {
        if (setting.key().equals("DynamicUser") && Assignments.isTrue(setting.value())) {
            dynamic(setting);
            return true;
        }
        if (setting.key().equals("SupplementaryGroups")) {
            for (String group : UnitWords.texts(setting)) {
                draft.put(setting, "add-gid", specifiers.of(setting, group));
            }
            return true;
        }
        Optional<String> key = sameKey(setting.key());
        boolean last = given.last(setting.key()).equals(Optional.of(setting));
        boolean identity = setting.key().equals("User") || setting.key().equals("Group");
        if (key.isPresent() && last && !(identity && privileged)) {
            put(setting, key.get());
        } else if (setting.key().equals("WorkingDirectory") && last) {
            directory(setting, specifiers.of(setting));
        }
        return key.isPresent() || setting.key().equals("WorkingDirectory") || isDone(setting.key());
    }

    private void dynamic(Setting setting) {
        if (given.all("User").isEmpty()) {
            throw new MigrationFailure(
                    setting.position(),
                    setting.key(),
                    "no users are made for a launch, and without one it would run as the emperor's",
                    "make a user, and write User= and no DynamicUser");
        }
        draft.lose(setting, "the user must exist", "make it, if no other unit does");
    }

    private void put(Setting setting, String key) {
        boolean nice = key.equals("nice"); // its range is the reader's, not the form's
        if (nice && Digits.are(setting.value().replaceFirst("^[-+]", ""), 9) && !isNiceness(setting.value())) {
            draft.lose(setting, "not from -20 to 19", "systemd ignores it");
        } else if (isFence(setting.key())) {
            draft.need(setting, key, specifiers.of(setting));
        } else {
            draft.put(setting, key, specifiers.of(setting));
        }
    }

    private static boolean isNiceness(String number) {
        int value = Integer.parseInt(number);
        return value >= -20 && value <= 19;
    }

    private static Optional<String> sameKey(String key) {
        return Optional.ofNullable(
                switch (key) {
                    case "User" -> "uid";
                    case "Group" -> "gid";
                    case "UMask" -> "umask";
                    case "Nice" -> "nice";
                    case "OOMScoreAdjust" -> "oom-score-adj";
                    case "RootDirectory" -> "chroot";
                    default -> null;
                });
    }

    private static boolean isDone(String key) {
        return switch (key) {
            case "ExecStart", "Environment", "EnvironmentFile", "UnsetEnvironment" -> true;
            default -> false;
        };
    }

    private void directory(Setting setting, String text) {
        if (text.equals("~")) {
            draft.lose(setting, "the user's home is not known here", "write chdir with its path");
            return;
        }
        draft.put(setting, "chdir", text.startsWith("-") ? text.substring(1) : text);
        if (text.startsWith("-")) {
            draft.lose(setting, "the directory must be there", "make it where it is missing");
        }
    }
}
