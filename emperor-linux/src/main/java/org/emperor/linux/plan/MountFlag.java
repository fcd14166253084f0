package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;

/** The flag words of {@code mount:} and {@code umount:} actions with their values (mount(2), umount2(2)). */
enum MountFlag {
    READONLY(1, "MS_RDONLY", "rdonly", "readonly", "ro"),
    NOSUID(2, "MS_NOSUID", "nosuid"),
    NODEV(4, "MS_NODEV", "nodev"),
    NOEXEC(8, "MS_NOEXEC", "noexec"),
    SYNC(16, "MS_SYNCHRONOUS", "sync"),
    REMOUNT(32, "MS_REMOUNT", "remount"),
    MANDLOCK(64, "MS_MANDLOCK", "mandlock"),
    DIRSYNC(128, "MS_DIRSYNC", "dirsync"),
    NOATIME(1024, "MS_NOATIME", "noatime"),
    BIND(4096, "MS_BIND", "bind"),
    MOVE(8192, "MS_MOVE", "move"),
    REC(16384, "MS_REC", "rec", "recursive"),
    PRIVATE(1 << 18, "MS_PRIVATE", "private"),
    SLAVE(1 << 19, "MS_SLAVE", "slave"),
    SHARED(1 << 20, "MS_SHARED", "shared");

    private final long value;
    private final String constant;
    private final List<String> words;

    MountFlag(long value, String constant, String... words) {
        this.value = value;
        this.constant = constant;
        this.words = List.of(words);
    }

    static boolean knows(String word) {
        return word.isEmpty() || find(word) != null;
    }

    /** The value of comma-separated known words. */
    static long value(String words) {
        long flags = 0;
        for (String word : words.split(",", -1)) {
            MountFlag flag = find(word);
            flags |= flag == null ? 0 : flag.value;
        }
        return flags;
    }

    /** {@code MS_BIND|MS_REC}, or 0. */
    static String text(long flags) {
        List<String> names = new ArrayList<>();
        for (MountFlag flag : values()) {
            if ((flags & flag.value) != 0) {
                names.add(flag.constant);
            }
        }
        return names.isEmpty() ? "0" : String.join("|", names);
    }

    static String allowed() {
        List<String> names = new ArrayList<>();
        for (MountFlag flag : values()) {
            names.addAll(flag.words);
        }
        return String.join(" ", names);
    }

    private static @org.jspecify.annotations.Nullable MountFlag find(String word) {
        for (MountFlag flag : values()) {
            if (flag.words.contains(word)) {
                return flag;
            }
        }
        return null;
    }
}
