package org.emperor.linux.plan;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The jail that {@code jail-preset} stands for: which switches are on where the file says nothing else. Every later one has
 * all of the earlier. Who plans a switch asks here for its default, so that this is the one table of them.
 */
public enum Preset {
    /** As uWSGI: nothing that the file does not ask for. */
    NONE,
    /** Namespaces around a program that finds the host's files as they are. */
    COMPAT,
    /** The host's files can be read and not changed; unmodified daemons run. */
    STANDARD,
    /** For programs that are not trusted, of which not all run. */
    STRICT;

    static final String ALLOWED = "none, compat, standard, strict";

    static Optional<Preset> parse(String word) {
        for (Preset preset : values()) {
            if (preset.toString().equals(word)) {
                return Optional.of(preset);
            }
        }
        return Optional.empty();
    }

    /** The namespaces it adds to those of {@code clone}. */
    public Set<Namespace> namespaces() {
        Set<Namespace> namespaces = EnumSet.noneOf(Namespace.class);
        if (this != NONE) {
            namespaces.addAll(EnumSet.of(Namespace.FS, Namespace.IPC, Namespace.UTS, Namespace.PID));
        }
        if (isAtLeast(STANDARD)) {
            namespaces.add(Namespace.CGROUP);
        }
        if (userNamespace()) {
            namespaces.add(Namespace.USER);
        }
        if (this == STRICT) {
            namespaces.add(Namespace.NET);
        }
        return namespaces;
    }

    /** Whether what is dangerous in /proc and /sys is masked or read-only. */
    public boolean masksKernel() {
        return this != NONE;
    }

    public boolean readOnly() {
        return isAtLeast(STANDARD);
    }

    public boolean privateTmp() {
        return isAtLeast(STANDARD);
    }

    /** Whether /run is the jail's own: the host's is full of sockets that obey whoever reaches them. */
    public boolean privateRun() {
        return isAtLeast(STANDARD);
    }

    public boolean privateDev() {
        return isAtLeast(STANDARD);
    }

    public boolean hideProc() {
        return this == STRICT;
    }

    /** Whether the files that hold the host's passwords are masked: a program that is root could read them. */
    public boolean masksPasswords() {
        return isAtLeast(STANDARD);
    }

    /** Whether the jail has a session keyring of its own, and not the one of whoever started the emperor. */
    public boolean ownKeyring() {
        return this != NONE;
    }

    public boolean noNewPrivs() {
        return this != NONE;
    }

    /** Whether root in the jail keeps only the capabilities that {@code cap-keep} names, and others none. */
    public boolean dropsCapabilities() {
        return isAtLeast(STANDARD);
    }

    /** Whether the usual filter of system calls is on. */
    public boolean seccomp() {
        return this == STRICT;
    }

    public boolean landlock() {
        return this == STRICT;
    }

    public boolean userNamespace() {
        return this == STRICT;
    }

    private boolean isAtLeast(Preset least) {
        return compareTo(least) >= 0;
    }

    /** The word of a vassal file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
