package org.emperor.migration;

import java.util.Locale;
import java.util.Map;
import org.emperor.lang.Setting;
import org.emperor.spec.Digits;

/** How a program of supervisord starts, ends and comes back, and what of that cannot be said. */
final class SupervisordLife {
    private final Map<String, Setting> given;
    private final Draft draft;
    private final Expansions expansions;

    SupervisordLife(Map<String, Setting> given, Draft draft, Expansions expansions) {
        this.given = given;
        this.draft = draft;
        this.expansions = expansions;
    }

    void write() {
        restart();
        proof();
        for (Setting setting : given.values()) {
            other(setting, expansions.of(setting));
        }
    }

    private void restart() {
        String policy = value("autorestart", "unexpected").toLowerCase(Locale.ROOT);
        switch (policy) {
            case "unexpected" -> {
                draft.standard("restart", "on-failure");
                draft.put(source("exitcodes"), "success-codes", codes(value("exitcodes", "0")));
            }
            case "true", "yes", "on", "1" -> draft.standard("restart", "always");
            case "false", "no", "off", "0" -> {
                draft.standard("restart", "never");
                draft.lose(
                        source("autorestart"),
                        "a program that ends within startsecs is not tried again either",
                        "write restart = on-failure to have that");
            }
            default ->
                throw new MigrationFailure(
                        source("autorestart").position(),
                        "autorestart",
                        "not true, false or unexpected",
                        "supervisord refuses it too");
        }
        if (!isNever()) {
            draft.put(source("startretries"), "max-restarts", value("startretries", "3"));
            draft.standard("backoff-delay", "1s"); // as supervisord's first; its later ones rise by 1 s
        }
    }

    private static String codes(String list) {
        return list.isEmpty() ? "none" : list.replace(" ", "");
    }

    private boolean isNever() {
        return draft.has("restart", "never");
    }

    private void proof() {
        String proof = seconds("startsecs", "1");
        draft.put(source("startsecs"), "loyal-after", proof.equals("0s") ? "1ms" : proof);
        if (given.containsKey("stopsignal")) {
            draft.put(source("stopsignal"), "stop-signal", signal(value("stopsignal", "TERM")));
        }
        if (given.containsKey("stopwaitsecs")) {
            draft.put(source("stopwaitsecs"), "stop-grace", seconds("stopwaitsecs", "10"));
        }
    }

    /** supervisord takes numbers too. */
    private static String signal(String text) {
        return switch (text) {
            case "1" -> "HUP";
            case "2" -> "INT";
            case "3" -> "QUIT";
            case "9" -> "KILL";
            case "10" -> "USR1";
            case "12" -> "USR2";
            case "15" -> "TERM";
            default -> text;
        };
    }

    private void other(Setting setting, String value) {
        switch (setting.key()) {
            case "command",
                    "environment",
                    "directory",
                    "user",
                    "umask",
                    "process_name",
                    "numprocs",
                    "numprocs_start" -> {}
            case "autorestart", "startretries", "startsecs", "stopsignal", "stopwaitsecs", "killasgroup" -> {}
            case "exitcodes" -> exitCodes(setting);
            case "autostart" ->
                unless(
                        setting,
                        isTrue(value),
                        "a vassal runs as long as its file is there",
                        "add the file when it is to run");
            case "stopasgroup" ->
                unless(
                        setting,
                        !isTrue(value),
                        "the stop signal goes to the program alone; what it leaves is killed",
                        "");
            case "priority" -> draft.lose(setting, "vassals start in no order", "");
            case "redirect_stderr" -> unless(setting, isTrue(value), "both outputs are one log", "");
            case "serverurl" -> draft.lose(setting, "there is no XML-RPC", "read /api/v1/vassals");
            default -> output(setting);
        }
    }

    private void exitCodes(Setting setting) {
        if (!draft.has("restart", "on-failure")) {
            draft.lose(setting, "does not count with this autorestart", "");
        }
    }

    private void output(Setting setting) {
        String key = setting.key();
        if (!key.startsWith("stdout_") && !key.startsWith("stderr_")) {
            draft.lose(setting, "is no known key of a program", "supervisord ignores it");
        } else if (key.endsWith("_logfile")) {
            draft.lose(setting, "output goes to the log directory, with times", "see emperor run --log-dir");
        } else if (key.endsWith("_maxbytes") || key.endsWith("_backups")) {
            draft.lose(setting, "logs are not rotated here yet", "use logrotate(8)");
        } else if (key.endsWith("_syslog")) {
            draft.lose(setting, "there is no syslog of output", "use emperor run --log-dir -, and journald");
        } else {
            draft.lose(setting, "there are no events of output", "");
        }
    }

    private void unless(Setting setting, boolean same, String rule, String remedy) {
        if (!same) {
            draft.lose(setting, rule, remedy);
        }
    }

    private static boolean isTrue(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            default -> false;
        };
    }

    private String value(String key, String standard) {
        Setting setting = given.get(key);
        return setting == null ? standard : expansions.of(setting);
    }

    private String seconds(String key, String standard) {
        String seconds = value(key, standard);
        if (!Digits.are(seconds, 9)) {
            throw new MigrationFailure(source(key).position(), key, "not a number", "supervisord refuses it too");
        }
        return seconds + "s";
    }

    private Setting source(String key) {
        Setting setting = given.get(key);
        return setting == null ? new Setting(key, "", draft.position()) : setting;
    }
}
