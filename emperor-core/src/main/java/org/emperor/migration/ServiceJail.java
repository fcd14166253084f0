package org.emperor.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emperor.lang.Setting;
import org.emperor.spec.Digits;

/** What a service may see and use: namespaces, limits, priorities. */
final class ServiceJail {
    private final Assignments given;
    private final Draft draft;

    ServiceJail(Assignments given, Draft draft) {
        this.given = given;
        this.draft = draft;
    }

    void write() {
        List<String> namespaces = new ArrayList<>();
        Setting source = null;
        for (String key : given.keys()) {
            Setting setting = given.last(key).orElseThrow();
            String namespace = Assignments.isTrue(setting.value()) ? namespace(key) : "";
            if (!namespace.isEmpty()) {
                source = setting;
            }
            for (String word : namespace.split(",", -1)) {
                if (!word.isEmpty() && !namespaces.contains(word)) {
                    namespaces.add(word);
                }
            }
        }
        if (source != null) {
            draft.put(source, "clone", String.join(",", namespaces));
        }
        given.last("PrivateTmp").filter(tmp -> Assignments.isTrue(tmp.value())).ifPresent(tmp -> {
            draft.put(tmp, "hook-as-root", "mount:tmpfs none /tmp nosuid,nodev mode=1777");
            draft.put(tmp, "hook-as-root", "mount:tmpfs none /var/tmp nosuid,nodev mode=1777");
            draft.lose(tmp, "/tmp and /var/tmp are in memory, and empty at each launch", "");
        });
        processors();
        priority();
    }

    private static String namespace(String key) {
        return switch (key) {
            case "PrivateNetwork" -> "net";
            case "PrivateTmp", "PrivateMounts" -> "fs";
            case "PrivateIPC" -> "ipc";
            case "ProtectHostname" -> "uts";
            case "PrivatePIDs" -> "fs,pid";
            default -> "";
        };
    }

    private void processors() {
        List<String> ranges = new ArrayList<>();
        List<Setting> all = given.all("CPUAffinity");
        for (Setting setting : all) {
            for (String range : setting.value().replace(',', ' ').split("\\s+", -1)) {
                ranges.add(range);
            }
        }
        if (!ranges.isEmpty()) {
            draft.put(all.get(0), "cpu-affinity", String.join(",", ranges));
        }
    }

    private void priority() {
        Optional<Setting> scheduling = given.last("IOSchedulingClass");
        Optional<Setting> level = given.last("IOSchedulingPriority");
        if (scheduling.isPresent() || level.isPresent()) {
            Setting source = scheduling.or(() -> level).orElseThrow();
            String name = name(given.text("IOSchedulingClass", "best-effort"));
            boolean levels = name.equals("best-effort") || name.equals("realtime");
            draft.put(source, "ionice", levels ? name + ":" + given.text("IOSchedulingPriority", "4") : name);
        }
    }

    private static String name(String text) {
        return switch (text) {
            case "0" -> "none";
            case "1" -> "realtime";
            case "2" -> "best-effort";
            case "3" -> "idle";
            default -> text;
        };
    }

    /** Whether the key is one of these; limits are written as they come. */
    boolean takes(Setting setting) {
        String key = setting.key();
        if (key.startsWith("Limit")) {
            limit(setting);
            return true;
        }
        if (key.equals("TasksMax")) {
            tasks(setting);
            return true;
        }
        String limit = ServiceLimits.key(setting);
        if (!limit.isEmpty()) {
            if (isLast(setting) && !ServiceLimits.value(setting).equals("infinity")) {
                draft.put(setting, limit, ServiceLimits.value(setting));
            }
            return true;
        }
        return switch (key) {
            case "CPUAffinity", "IOSchedulingClass", "IOSchedulingPriority" -> true;
            default ->
                !namespace(key).isEmpty()
                        && (Assignments.isTrue(setting.value()) || Assignments.isFalse(setting.value()));
        };
    }

    private void tasks(Setting setting) {
        if (!isLast(setting)) {
            return;
        }
        if (setting.value().endsWith("%")) {
            draft.lose(setting, "pids-max is a number", "write it");
        } else if (!setting.value().equals("infinity")) {
            draft.put(setting, "pids-max", setting.value());
        }
    }

    private boolean isLast(Setting setting) {
        return given.last(setting.key()).equals(Optional.of(setting));
    }

    private void limit(Setting setting) {
        if (!isLast(setting)) {
            return;
        }
        String key = "limit-" + setting.key().substring("Limit".length()).toLowerCase(Locale.ROOT);
        StringBuilder value = new StringBuilder();
        for (String half : setting.value().split(":", -1)) {
            value.append(value.isEmpty() ? "" : ":").append(half(key, half.strip()));
        }
        draft.put(setting, key, value.toString());
    }

    private static String half(String key, String text) {
        if (text.equals("infinity")) {
            return "unlimited";
        }
        boolean bare = Digits.are(text, 18);
        return switch (key) {
            case "limit-cpu" -> bare ? text : time(text, 1_000_000);
            case "limit-rttime" -> bare ? text : time(text, 1);
            case "limit-nice" -> niceness(text);
            case "limit-as" ->
                bare && Long.parseLong(text) > 0 && Long.parseLong(text) % 1024 == 0
                        ? Long.parseLong(text) / 1024 + "K"
                        : text;
            default -> text;
        };
    }

    /** In the unit that setrlimit(2) counts, the part of one as a whole one; as it is if it is no span. */
    private static String time(String text, long unit) {
        return TimeSpan.microseconds(text)
                .map(span -> Long.toString((span + unit - 1) / unit))
                .orElse(text);
    }

    /** With a sign it is the niceness itself; 20 less that is the limit. */
    private static String niceness(String text) {
        boolean signed = text.startsWith("+") || text.startsWith("-");
        if (!signed || !Digits.are(text.substring(1), 2)) {
            return text;
        }
        return Integer.toString(20 - Integer.parseInt(text));
    }
}
