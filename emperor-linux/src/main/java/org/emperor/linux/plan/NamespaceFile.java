package org.emperor.linux.plan;

import java.util.Locale;
import java.util.Optional;

/** A namespace as {@code /proc/PID/ns} names it, in the order in which they can be joined: rights first, those of files late. */
public enum NamespaceFile {
    USER(0x10000000L),
    CGROUP(0x02000000L),
    IPC(0x08000000L),
    UTS(0x04000000L),
    NET(0x40000000L),
    TIME(0x80L),
    MNT(0x20000L),
    /** Joined by the next child only (setns(2)). */
    PID(0x20000000L);

    private final long flag;
    private final String text = name().toLowerCase(Locale.ROOT);

    NamespaceFile(long flag) {
        this.flag = flag;
    }

    /** Of clone(2) and setns(2), which is also the answer of NS_GET_NSTYPE (ioctl_nsfs(2)). */
    public long flag() {
        return flag;
    }

    public static Optional<NamespaceFile> ofFlag(long flag) {
        for (NamespaceFile file : values()) {
            if (file.flag == flag) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** By its name in {@code /proc/PID/ns}. */
    public static NamespaceFile of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The file that tells where a process's next child will be: what jail-init has joined for the program. */
    public String ofChildren() {
        return this == PID || this == TIME ? text + "_for_children" : text;
    }

    @Override
    public String toString() {
        return text;
    }
}
