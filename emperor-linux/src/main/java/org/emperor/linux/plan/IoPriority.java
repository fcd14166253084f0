package org.emperor.linux.plan;

import java.util.Optional;

/** An I/O scheduling class with its level, ioprio_set(2). */
record IoPriority(Kind kind, int level) {
    static final IoPriority NONE = new IoPriority(Kind.NONE, 0);
    static final String ALLOWED = "none, idle, best-effort:0 to best-effort:7, realtime:0 to realtime:7";

    private static final int USUAL_LEVEL = 4;
    private static final int CLASS_SHIFT = 13;

    enum Kind {
        NONE(0),
        REALTIME(1),
        BEST_EFFORT(2),
        IDLE(3);

        private final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    /** {@code none}, {@code idle}, {@code best-effort} or {@code realtime}, the last two with {@code :0} to {@code :7}. */
    static Optional<IoPriority> parse(String text) {
        int colon = text.indexOf(':');
        String level = colon < 0 ? "" : text.substring(colon + 1);
        boolean plain = colon < 0;
        boolean leveled = plain || (level.length() == 1 && level.charAt(0) >= '0' && level.charAt(0) <= '7');
        return switch (plain ? text : text.substring(0, colon)) {
            case "none" -> plain ? Optional.of(NONE) : Optional.empty();
            case "idle" -> plain ? Optional.of(new IoPriority(Kind.IDLE, 0)) : Optional.empty();
            case "best-effort" -> leveled ? Optional.of(of(Kind.BEST_EFFORT, level)) : Optional.empty();
            case "realtime" -> leveled ? Optional.of(of(Kind.REALTIME, level)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static IoPriority of(Kind kind, String level) {
        return new IoPriority(kind, level.isEmpty() ? USUAL_LEVEL : level.charAt(0) - '0');
    }

    int value() {
        return kind.number << CLASS_SHIFT | level;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case NONE -> "IOPRIO_CLASS_NONE";
            case REALTIME -> "IOPRIO_PRIO_VALUE(IOPRIO_CLASS_RT, " + level + ")";
            case BEST_EFFORT -> "IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, " + level + ")";
            case IDLE -> "IOPRIO_CLASS_IDLE";
        };
    }
}
