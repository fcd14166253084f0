package org.emperor.realm;

/**
 * How a program ended. {@code value} is the exit code (0 to 255) or the signal number; {@code core} tells of a core dump.
 */
public record ExitStatus(Kind kind, int value, boolean core) {

    public enum Kind {
        EXITED,
        SIGNALED,
        UNKNOWN
    }

    public static final ExitStatus UNKNOWN = new ExitStatus(Kind.UNKNOWN, 0, false);

    public static ExitStatus exited(int code) {
        return new ExitStatus(Kind.EXITED, code, false);
    }

    public static ExitStatus signaled(int signal, boolean core) {
        return new ExitStatus(Kind.SIGNALED, signal, core);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case EXITED -> "exit code " + value;
            case SIGNALED -> "signal " + value + (core ? " (core dumped)" : "");
            case UNKNOWN -> "unknown status";
        };
    }
}
