package org.emperor.linux.plan;

import java.util.Locale;

/** The processors whose system call numbers are known. */
public enum Arch {
    X86_64,
    AARCH64;

    /** The processor that Java calls by this {@code os.arch}. */
    public static Arch of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x86-64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default -> throw new IllegalArgumentException("processor " + name + " is not supported: x86-64, aarch64");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
