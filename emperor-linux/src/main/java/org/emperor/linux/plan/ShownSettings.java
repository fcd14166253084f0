package org.emperor.linux.plan;

import java.util.List;
import java.util.Optional;
import org.emperor.lang.Position;
import org.emperor.lang.Setting;
import org.emperor.spec.SpecReader;
import org.emperor.spec.VassalSpec;

/** Settings that count, for people: what may be a secret is masked, as in the steps, and what a preset means is told. */
public final class ShownSettings {
    private static final String MASK = "*";

    private ShownSettings() {}

    public static List<Setting> of(VassalSpec spec, List<Setting> settings) {
        JailSettings jail = JailReader.read(spec.jail());
        return settings.stream()
                .map(setting -> setting.position().equals(SpecReader.USUAL) ? meant(jail, setting) : masked(setting))
                .toList();
    }

    /** What is usual where nothing else in the file says more. */
    private static Setting meant(JailSettings jail, Setting setting) {
        Privileges privileges = jail.privileges();
        if (setting.key().equals(PrivilegeOptions.SECCOMP)
                && privileges.seccomp().isPresent()) {
            return said(setting, privileges.seccomp().get().name(), FileSystemOptions.PRESET);
        }
        if (setting.key().equals(PrivilegeOptions.NO_NEW_PRIVS) && privileges.noNewPrivs()) {
            boolean preset = jail.preset().noNewPrivs();
            String needing = privileges.seccomp().isPresent() ? PrivilegeOptions.SECCOMP : PrivilegeOptions.LANDLOCK;
            return said(setting, "true", preset ? FileSystemOptions.PRESET : needing);
        }
        return setting;
    }

    private static Setting said(Setting setting, String value, String by) {
        return new Setting(setting.key(), value, Position.of(by));
    }

    private static Setting masked(Setting setting) {
        String value = setting.value();
        Optional<String> shown = Optional.empty();
        if (setting.key().equals("file-write")) {
            shown = upTo(value, '=');
        } else if (HookReader.isHook(setting.key())) {
            shown = action(value);
        }
        return shown.map(text -> new Setting(setting.key(), text, setting.position(), false, setting.through()))
                .orElse(setting);
    }

    private static Optional<String> action(String value) {
        int begin = value.startsWith("!") ? 1 : 0;
        int colon = value.indexOf(':');
        return switch (colon < begin ? "" : value.substring(begin, colon)) {
            case "putenv" -> upTo(value, '=');
            case "print", "log" -> upTo(value, ':');
            case "write", "writen", "append", "appendn", "writefifo", "spinningfifo" -> upTo(value, ' ');
            default -> Optional.empty();
        };
    }

    private static Optional<String> upTo(String value, char end) {
        int at = value.indexOf(end);
        return at < 0 ? Optional.empty() : Optional.of(value.substring(0, at + 1) + MASK);
    }
}
