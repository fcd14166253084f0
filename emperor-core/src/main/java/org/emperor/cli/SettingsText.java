package org.emperor.cli;

import java.util.List;
import org.emperor.lang.Setting;
import org.emperor.spec.Options;

/** The settings that count for a vassal, a line each, with where each came from, for {@code emperor plan}. */
final class SettingsText {
    private SettingsText() {}

    static String of(List<Setting> settings) {
        StringBuilder text = new StringBuilder("settings\n");
        for (Setting setting : settings) {
            text.append("   ").append(Printable.of(setting.key())).append(" = ").append(Printable.of(masked(setting)));
            text.append("  # ").append(Origin.of(setting)).append('\n');
        }
        return text.toString();
    }

    /** Values of the environment may be secrets: only names are shown. */
    private static String masked(Setting setting) {
        int equals = setting.value().indexOf('=');
        return setting.key().equals(Options.ENV) && equals >= 0
                ? setting.value().substring(0, equals) + "=*"
                : setting.value();
    }
}
