package org.emperor.realm;

/**
 * How a program ended. {@code value} is the exit code (0 to 255) or the signal number; {@code core} tells of a core dump,
 * {@code oomKills} how many processes of its jail the kernel killed for lack of memory.
 */
public record ExitStatus(Kind kind, int value, boolean core, long oomKills) {
    private static final int SIGKILL = 9;

    public enum Kind {
        EXITED,
        SIGNALED,
        UNKNOWN
    }

    public static final ExitStatus UNKNOWN = new ExitStatus(Kind.UNKNOWN, 0, false, 0);

    public static ExitStatus exited(int code) {
        return new ExitStatus(Kind.EXITED, code, false, 0);
    }

    public static ExitStatus signaled(int signal, boolean core) {
        return new ExitStatus(Kind.SIGNALED, signal, core, 0);
    }

    public ExitStatus withOomKills(long number) {
        return new ExitStatus(kind, value, core, number);
    }

    /** Whether the program itself has ended with this code. */
    public boolean isExit(int code) {
        return kind == Kind.EXITED && value == code;
    }

    /** What a lack of memory had to do with it, in parentheses after what else is said; empty if nothing. */
    public String oomText() {
        if (oomKills == 0) {
            return "";
        }
        boolean anotherLived = kind == Kind.EXITED || (kind == Kind.SIGNALED && value != SIGKILL);
        String others = oomKills == 1 ? "a process of its jail" : oomKills + " processes of its jail";
        return anotherLived ? " (" + others + " ran out of memory)" : " (out of memory)";
    }

    @Override
    public String toString() {
        return plain() + oomText();
    }

    private String plain() {
        return switch (kind) {
            case EXITED -> "exit code " + value;
            case SIGNALED -> "signal " + value + (core ? " (core dumped)" : "");
            case UNKNOWN -> "unknown status";
        };
    }
}
