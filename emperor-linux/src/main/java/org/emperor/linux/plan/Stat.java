package org.emperor.linux.plan;

import org.emperor.jail.Arg;

/**
 * What statx(2) tells of a file: words of the struct that later steps look at.
 *
 * @param room the name of that struct among the plan's
 */
record Stat(String room) {
    static final int TYPE = 0170000;
    static final int REGULAR = 0100000;
    static final int DIRECTORY = 040000;
    static final int MOUNT_ROOT = 0x2000; // STATX_ATTR_MOUNT_ROOT, since 5.8

    private static final int LENGTH = 256;
    private static final int ATTRIBUTES = 8;
    private static final int MODE = 28; // 16 bits, then 16 of nothing
    private static final int STATX_TYPE_MODE = 3;

    /** Adds the call. */
    static Stat of(StepList steps, String object, String path) {
        Stat stat = new Stat("stat of " + path);
        steps.call(
                object,
                Call.STATX,
                Argument.HERE,
                Argument.path(path),
                Argument.number(0),
                Argument.constant(STATX_TYPE_MODE, "STATX_TYPE|STATX_MODE"),
                Argument.room(stat.room(), LENGTH, "stat"));
        return stat;
    }

    Argument mode() {
        return word(MODE, "stx_mode");
    }

    Argument attributes() {
        return word(ATTRIBUTES, "stx_attributes");
    }

    private Argument word(int at, String text) {
        return new Argument(new Arg.Room(room, LENGTH, at), text);
    }
}
