package org.emperor.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Position;
import org.emperor.lang.Setting;
import org.emperor.spec.Digits;

/** How a service ends and comes back. */
final class ServiceLife {
    private static final Set<String> KEYS = Set.of(
            "Type",
            "Restart",
            "RestartSec",
            "SuccessExitStatus",
            "RestartPreventExitStatus",
            "TimeoutStopSec",
            "TimeoutSec",
            "TimeoutStartSec",
            "KillSignal",
            "KillMode",
            "ExecReload",
            "SendSIGKILL");

    private final Assignments given;
    private final Draft draft;

    ServiceLife(Assignments given, Draft draft) {
        this.given = given;
        this.draft = draft;
    }

    boolean takes(String key) {
        return KEYS.contains(key);
    }

    void write() {
        type();
        restart();
        stop();
        given.all("ExecReload").forEach(this::reload);
    }

    private void type() {
        given.last("Type").ifPresent(type -> {
            switch (type.value()) {
                case "simple", "exec", "oneshot" -> {}
                case "forking" ->
                    draft.lose(
                            type,
                            "a program that goes into the background has ended",
                            "give it the option that keeps it in the foreground");
                case "idle" -> draft.lose(type, "it does not wait until others have started", "");
                default -> draft.lose(type, "readiness is not awaited yet: it counts as started at once", "");
            }
        });
        given.last("TimeoutStartSec")
                .ifPresent(time -> draft.lose(time, "readiness is not awaited yet, so it cannot be late", ""));
    }

    private void restart() {
        String policy = given.text("Restart", "no");
        Setting source = source("Restart");
        switch (policy) {
            case "no" -> draft.put(source, "restart", "never");
            case "always", "on-failure" -> draft.put(source, "restart", policy);
            case "on-abnormal", "on-abort", "on-watchdog" -> {
                draft.put(source, "restart", "on-failure");
                draft.lose(source, "every failure counts, exit codes too", "write fatal-codes for those that do not");
            }
            default -> {
                draft.put(source, "restart", "never");
                draft.lose(source, "there is no restart after a success alone", "write always or on-failure");
            }
        }
        List<String> success = codes("SuccessExitStatus");
        if (!success.isEmpty()) {
            success.add(0, "0");
            draft.put(source("SuccessExitStatus"), "success-codes", String.join(" ", success));
        }
        List<String> fatal = codes("RestartPreventExitStatus");
        fatal.removeIf(code -> code.equals("0") || success.contains(code)); // a success is no failure here
        if (!fatal.isEmpty()) {
            draft.put(source("RestartPreventExitStatus"), "fatal-codes", String.join(" ", fatal));
        }
        given.last("RestartSec").ifPresent(this::pause);
    }

    private void pause(Setting setting) {
        Optional<String> pause = TimeSpan.duration(setting.value());
        if (pause.isEmpty()) {
            draft.lose(setting, "no span of time that can be said", "write backoff-delay");
            return;
        }
        String delay = pause.get().equals("0s") ? "1ms" : pause.get();
        draft.put(setting, "backoff-delay", delay);
        draft.put(setting, "backoff-limit", delay);
        draft.put(setting, "backoff-factor", "1");
        draft.put(setting, "backoff-jitter", "0");
        draft.lose(
                setting, "after a loyal life the next launch is at once; only faults are followed by this pause", "");
    }

    private List<String> codes(String key) {
        List<String> codes = new ArrayList<>();
        for (Setting setting : given.all(key)) {
            for (String word : setting.value().split("\\s+", -1)) {
                if (Digits.are(word, 3) && Integer.parseInt(word) <= 255) {
                    codes.add(word);
                } else {
                    draft.lose(setting, "only numbers are exit codes here, not names nor signals", "write the numbers");
                }
            }
        }
        return codes;
    }

    private void stop() {
        given.last("KillSignal").ifPresent(signal -> draft.put(signal, "stop-signal", signal.value()));
        Optional<Setting> time = given.last("TimeoutStopSec").or(() -> given.last("TimeoutSec"));
        Optional<String> grace = TimeSpan.duration(time.map(Setting::value).orElse("90s")); // DefaultTimeoutStopSec
        Setting source = time.orElse(new Setting("TimeoutStopSec", "", draft.position()));
        grace.ifPresentOrElse(
                duration -> draft.put(source, "stop-grace", duration),
                () -> draft.lose(source, "no span of time that can be said", "write stop-grace"));
        given.last("KillMode").ifPresent(mode -> {
            switch (mode.value()) {
                case "mixed" -> {}
                case "control-group" ->
                    draft.lose(mode, "the stop signal goes to the program alone; what it leaves is killed", "");
                default -> draft.lose(mode, "nothing of a jail outlives it", "");
            }
        });
        given.last("SendSIGKILL")
                .filter(kill -> Assignments.isFalse(kill.value()))
                .ifPresent(kill -> draft.lose(kill, "what does not end is killed", "write a longer stop-grace"));
    }

    /** The usual {@code /bin/kill -HUP $MAINPID} is a signal; other commands are not run yet. */
    private void reload(Setting setting) {
        List<String> words = UnitWords.texts(setting);
        String program = words.isEmpty() ? "" : words.get(0).replaceFirst("^-", "");
        boolean kill = program.equals("kill") || program.endsWith("/kill");
        String pid = words.isEmpty() ? "" : words.get(words.size() - 1);
        String signal = "";
        if (kill && (pid.equals("$MAINPID") || pid.equals("${MAINPID}"))) {
            boolean apart = words.size() == 4 && words.get(1).equals("-s");
            signal = apart ? words.get(2) : words.size() == 3 ? words.get(1).replaceFirst("^-", "") : "";
        }
        if (signal.isEmpty() || draft.has("reload-signal", signal)) {
            draft.lose(setting, "no commands are run for a reload yet", "see reload-signal");
        } else {
            draft.put(setting, "reload-signal", signal.equals("1") ? "HUP" : signal);
        }
    }

    private Setting source(String key) {
        Position position = draft.position();
        return given.last(key).orElse(new Setting(key, "", position));
    }
}
