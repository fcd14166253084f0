package org.emperor.spec;

import java.util.Optional;

/** The signals a file or a person can name; their numbers belong to the platform. */
public enum Signal {
    HUP,
    INT,
    QUIT,
    ABRT,
    KILL,
    USR1,
    USR2,
    ALRM,
    TERM,
    CONT,
    STOP,
    TSTP,
    TTIN,
    TTOU,
    URG,
    WINCH;

    /** Reads {@code TERM} or {@code SIGTERM}, in any case. */
    public static Optional<Signal> parse(String text) {
        String name = text.toUpperCase(java.util.Locale.ROOT);
        String bare = name.startsWith("SIG") ? name.substring(3) : name;
        for (Signal signal : values()) {
            if (signal.name().equals(bare)) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }
}
