package org.emperor.spec;

import java.util.ArrayList;
import java.util.List;
import org.emperor.lang.Setting;

/**
 * Users and groups that hooks name, as numbers: the host's database is asked when a file is read, and never in a jail. The
 * action {@code chown:FILE USER GROUP} becomes {@code chown2:FILE UID GID}.
 */
final class HookOwners {
    private static final String NAMED = "chown:";

    private final IdentityReader identities;
    private final Sheet sheet;

    HookOwners(IdentityReader identities, Sheet sheet) {
        this.identities = identities;
        this.sheet = sheet;
    }

    /** The platform's settings; the same list where no hook names anybody. */
    List<Setting> numbered() {
        List<Setting> settings = sheet.jail();
        for (int i = 0; i < settings.size(); i++) {
            if (names(settings.get(i))) {
                return numbered(settings);
            }
        }
        return settings;
    }

    private static boolean names(Setting setting) {
        return setting.key().startsWith("hook-") && action(setting).startsWith(NAMED);
    }

    /** Without the mark that keeps uWSGI from logging it. */
    private static String action(Setting setting) {
        return setting.value().startsWith("!") ? setting.value().substring(1) : setting.value();
    }

    private List<Setting> numbered(List<Setting> settings) {
        List<Setting> numbered = new ArrayList<>(settings);
        numbered.replaceAll(setting -> names(setting) ? numbered(setting) : setting);
        return numbered;
    }

    private Setting numbered(Setting setting) {
        String text = sheet.parse(setting, value -> owners(action(setting).substring(NAMED.length())))
                .orElse(setting.value());
        return new Setting(setting.key(), text, setting.position());
    }

    private Parsed<String> owners(String argument) {
        String[] fields = argument.split(" ", -1);
        if (fields.length != 3) {
            return Parsed.unfit("chown: needs a file, a user and a group", "write chown:FILE USER GROUP");
        }
        return identities.user(fields[1]).then(user -> identities
                .group(fields[2])
                .then(gid -> Parsed.value("chown2:" + fields[0] + " " + user.uid() + " " + gid)));
    }
}
