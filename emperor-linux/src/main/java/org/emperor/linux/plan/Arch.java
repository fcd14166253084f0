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

    /** O_NOFOLLOW, which is not the same everywhere (asm-generic/fcntl.h, arch/arm64/include/uapi/asm/fcntl.h). */
    long noFollow() {
        return switch (this) {
            case X86_64 -> 0400000;
            case AARCH64 -> 0100000;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
