package org.emperor.migration;

import java.util.Map;
import org.emperor.lang.Setting;

/** What {@code %i} and its like stand for, systemd.unit(5), "Specifiers", in a unit of the system's manager, which is root. */
final class Specifiers {
    private static final Map<Character, String> SYSTEM = Map.ofEntries(
            Map.entry('h', "/root"),
            Map.entry('t', "/run"),
            Map.entry('S', "/var/lib"),
            Map.entry('C', "/var/cache"),
            Map.entry('L', "/var/log"),
            Map.entry('E', "/etc"),
            Map.entry('T', "/tmp"),
            Map.entry('V', "/var/tmp"),
            Map.entry('u', "root"),
            Map.entry('U', "0"),
            Map.entry('g', "root"),
            Map.entry('G', "0"),
            Map.entry('H', Text.reference("%h")),
            Map.entry('%', "%"));

    private final String unit;

    /** @param unit the name of the unit with its ending */
    Specifiers(String unit) {
        this.unit = unit;
    }

    String of(Setting setting) {
        return of(setting, setting.value());
    }

    /** @throws MigrationFailure where only the host knows */
    String of(Setting setting, String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean begins = c == '%' && i + 1 < text.length() && isName(text.charAt(i + 1));
            if (begins) {
                i++;
                out.append(value(setting, text.charAt(i)));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** systemd leaves a % before anything else as it is. */
    private static boolean isName(char c) {
        return Text.isLetter(c) || c == '%';
    }

    private String value(Setting setting, char name) {
        String value = SYSTEM.get(name);
        return value != null ? value : own(setting, name);
    }

    private String own(Setting setting, char name) {
        String bare = unit.substring(0, unit.lastIndexOf('.'));
        int at = bare.indexOf('@');
        String prefix = at < 0 ? bare : bare.substring(0, at);
        String instance = at < 0 ? "" : bare.substring(at + 1);
        return switch (name) {
            case 'n' -> unit;
            case 'N' -> bare;
            case 'p' -> prefix;
            case 'P' -> unescaped(setting, prefix);
            case 'i' -> instance;
            case 'I' -> unescaped(setting, instance);
            case 'j' -> prefix.substring(prefix.lastIndexOf('-') + 1);
            case 'J' -> unescaped(setting, prefix.substring(prefix.lastIndexOf('-') + 1));
            case 'f' -> "/" + unescaped(setting, at < 0 ? prefix : instance);
            default ->
                throw new MigrationFailure(
                        setting.position(), setting.key(), "%" + name + " is known to systemd only", "write its value");
        };
    }

    /** By systemd-escape(1): {@code -} is a slash, {@code \x2d} a byte. */
    private static String unescaped(Setting setting, String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '-') {
                out.append('/');
            } else if (text.startsWith("\\x", i) && i + 4 <= text.length()) {
                out.append(character(setting, text.substring(i + 2, i + 4)));
                i += 3;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static char character(Setting setting, String hex) {
        int high = Character.digit(hex.charAt(0), 16);
        int low = Character.digit(hex.charAt(1), 16);
        if (high < 0 || low < 0 || high > 7 || high + low == 0) {
            throw new MigrationFailure(
                    setting.position(),
                    setting.key(),
                    "the unit's name has an escape outside ASCII",
                    "write its value");
        }
        return (char) (high * 16 + low);
    }
}
