package org.emperor.linux.plan;

import java.util.List;
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

    /** What is secret is the end of what is written. */
    private static Setting masked(Setting setting) {
        String secret =
                HookReader.action(setting).map(HookAction::secret).orElse("").stripTrailing();
        String value = setting.value().stripTrailing();
        if (secret.isEmpty() || !value.endsWith(secret)) {
            return setting;
        }
        String shown = value.substring(0, value.length() - secret.length()) + MASK;
        return new Setting(setting.key(), shown, setting.position(), false, setting.through());
    }
}
