package org.emperor.linux.plan;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;
import org.emperor.spec.Form;

/** Reads the keys that begin with {@code setns}; made only for a file that has one. */
final class SetnsReader {
    private static final int LONGEST_ADDRESS = 107; // sun_path of unix(7) holds 108 bytes, the last a NUL
    private static final int MODE = 0600;
    private static final Set<String> NAMES = Set.of(
            "cgroup", "ipc", "mnt", "net", "pid", "pid_for_children", "time", "time_for_children", "user", "uts");

    private final List<Problem> problems;
    private final Set<String> skipped = new HashSet<>();
    private Optional<String> join = Optional.empty();
    private Optional<String> address = Optional.empty();
    private int mode = MODE;
    private int uid = -1;
    private int gid = -1;
    private boolean preopened;
    private boolean withUser;

    SetnsReader(List<Problem> problems) {
        this.problems = problems;
    }

    static boolean reads(String key) {
        return key.startsWith("setns");
    }

    void read(Setting setting) {
        switch (setting.key()) {
            case "setns" -> join = address(setting);
            case "setns-socket" -> address = address(setting);
            case "setns-socket-mode" -> mode = Integer.parseInt(setting.value(), 8); // its form was checked: octal
            case "setns-socket-owner" -> owner(setting);
            case "setns-socket-user" -> withUser = isTrue(setting);
            case "setns-preopen" -> preopened = isTrue(setting);
            default -> skip(setting);
        }
    }

    private static boolean isTrue(Setting setting) {
        return Form.isOn(setting.value());
    }

    private Optional<String> address(Setting setting) {
        String text = setting.value();
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        boolean named = text.startsWith("/") || (text.startsWith("@") && length > 1);
        if (!named) {
            problem(setting, "is neither an absolute path nor @ and a name", "write /run/NAME.setns or @NAME");
        } else if (length > LONGEST_ADDRESS) {
            problem(setting, "is longer than the " + LONGEST_ADDRESS + " bytes of a socket's address", "shorten it");
        }
        return Optional.of(text);
    }

    private void owner(Setting setting) {
        String[] ids = setting.value().split(":", -1);
        try {
            uid = Integer.parseUnsignedInt(ids[0]);
            gid = ids.length > 1 ? Integer.parseUnsignedInt(ids[1]) : -1;
        } catch (NumberFormatException e) {
            problem(setting, "an owner is given by numbers", "write UID or UID:GID");
        }
    }

    private void skip(Setting setting) {
        if (NAMES.contains(setting.value())) {
            skipped.add(setting.value());
        } else {
            problem(setting, "no namespace \"" + setting.value() + "\"", "known are the names in /proc/self/ns");
        }
    }

    /** The rest of the file was read. */
    SetnsSettings settings() {
        if (!withUser) {
            skipped.add(NamespaceFile.USER.toString());
        }
        return new SetnsSettings(
                join, address.map(where -> new NamespaceOffer(where, mode, uid, gid, skipped, preopened)));
    }

    /** What only counts beside a socket would otherwise be ignored. */
    void checkNeeds(Setting setting) {
        if (address.isEmpty() && !setting.key().equals("setns")) {
            problem(setting, "counts only beside setns-socket", "add setns-socket, or remove it");
        }
    }

    private void problem(Setting setting, String rule, String remedy) {
        problems.add(new Problem(setting.position(), setting.key(), rule, remedy));
    }
}
