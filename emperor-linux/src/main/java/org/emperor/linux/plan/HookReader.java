package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;

/** Reads the value of a {@code hook-*} key: {@code action:argument}, arguments split at single spaces as uWSGI does. */
final class HookReader {
    private static final Set<String> UNMOUNT_WORDS = Set.of("force", "detach", "rec", "recursive");

    private final List<Problem> problems;

    HookReader(List<Problem> problems) {
        this.problems = problems;
    }

    Optional<HookAction> read(Setting setting) {
        String value = setting.value();
        if (value.startsWith("mount:")) {
            return mount(setting, value.substring("mount:".length()));
        }
        if (value.startsWith("umount:")) {
            return unmount(setting, value.substring("umount:".length()));
        }
        int colon = value.indexOf(':');
        String action = colon < 0 ? value : value.substring(0, colon);
        return refuse(setting, "action \"" + action + "\" is not supported yet", "use mount: or umount:");
    }

    private Optional<HookAction> mount(Setting setting, String argument) {
        String[] fields = argument.split(" ", 5);
        if (fields.length < 3) {
            return refuse(setting, "mount: needs TYPE SOURCE TARGET", "write none for what does not matter");
        }
        String flags = fields.length > 3 ? fields[3] : "";
        for (String word : flags.split(",", -1)) {
            if (!MountFlag.knows(word)) {
                return refuse(setting, "unknown mount flag \"" + word + "\"", "known are " + MountFlag.allowed());
            }
        }
        if (!fields[2].startsWith("/")) {
            return refuse(setting, "mount target \"" + fields[2] + "\" is not absolute", "start it with /");
        }
        String data = fields.length > 4 ? fields[4] : "";
        return Optional.of(
                new HookAction.Mount(plain(fields[0]), plain(fields[1]), fields[2], MountFlag.value(flags), data));
    }

    private Optional<HookAction> unmount(Setting setting, String argument) {
        String[] fields = argument.split(" ", 2);
        if (!fields[0].startsWith("/")) {
            return refuse(setting, "umount target \"" + fields[0] + "\" is not absolute", "start it with /");
        }
        List<String> words = new ArrayList<>(fields.length > 1 ? List.of(fields[1].split(",", -1)) : List.of());
        for (String word : words) {
            if (!UNMOUNT_WORDS.contains(word)) {
                return refuse(setting, "unknown umount flag \"" + word + "\"", "known are force detach rec recursive");
            }
        }
        boolean recursive = words.contains("rec") || words.contains("recursive");
        if (recursive && !words.contains("detach")) {
            return refuse(setting, "umount of a whole tree works only lazily", "write rec,detach");
        }
        return Optional.of(new HookAction.Unmount(fields[0], words.contains("detach"), words.contains("force")));
    }

    private static String plain(String word) {
        return word.equals("none") ? "" : word;
    }

    private Optional<HookAction> refuse(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
        return Optional.empty();
    }
}
