package org.emperor.linux.plan;

import java.util.Locale;
import java.util.Optional;

/** A namespace as {@code /proc/PID/ns} names it, in the order in which they can be joined: rights first, those of files late. */
public enum NamespaceFile {
    USER(Namespace.USER),
    CGROUP(Namespace.CGROUP),
    IPC(Namespace.IPC),
    UTS(Namespace.UTS),
    NET(Namespace.NET),
    TIME(Namespace.TIME),
    MNT(Namespace.FS),
    /** Joined by the next child only (setns(2)). */
    PID(Namespace.PID);

    private final Namespace kind;
    private final String text = name().toLowerCase(Locale.ROOT);

    NamespaceFile(Namespace kind) {
        this.kind = kind;
    }

    Namespace kind() {
        return kind;
    }

    /** Of clone(2) and setns(2), which is also the answer of NS_GET_NSTYPE (ioctl_nsfs(2)). */
    public long flag() {
        return kind.flag();
    }

    public static Optional<NamespaceFile> ofFlag(long flag) {
        for (NamespaceFile file : values()) {
            if (file.kind.flag() == flag) {
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
