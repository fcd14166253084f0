package org.emperor.spec;

import java.util.List;

/** The keys that mean the same on every platform. */
public final class Options {
    static final String EXEC = "exec";
    static final String CHDIR = "chdir";
    static final String ENV = "env";
    static final String UID = "uid";
    static final String GID = "gid";
    static final String INIT = "init";
    static final String STOP_SIGNAL = "stop-signal";
    static final String STOP_GRACE = "stop-grace";
    static final String RELOAD_ON_TOUCH = "reload-on-touch";
    static final String LOYAL_AFTER = "loyal-after";
    static final String START_TIMEOUT = "start-timeout";
    static final String ON_EMPEROR_DEATH = "on-emperor-death";
    static final String PIDS_MAX = "pids-max";

    private static final List<Option> PORTABLE = List.of(
            Option.once(
                    EXEC,
                    Form.WORDS,
                    "",
                    "The program and its arguments, split as a shell splits words but never given to one; required."),
            Option.once(CHDIR, Form.TEXT, "", "The absolute directory inside the jail in which the program starts."),
            Option.list(ENV, Form.ASSIGNMENT, "A variable of the program's environment; the last of one name wins."),
            Option.once(UID, Form.ACCOUNT, "", "The user the program runs as; the emperor's own if not given."),
            Option.once(GID, Form.ACCOUNT, "", "The primary group of the program; the user's own if not given."),
            Option.once(
                    INIT,
                    Form.TEXT,
                    "resident",
                    "resident: jail-init stays, reaps and forwards signals; none: the program itself is the first process."),
            Option.once(STOP_SIGNAL, Form.SIGNAL, "TERM", "The signal that asks the program to end."),
            Option.once(
                    STOP_GRACE,
                    Form.DURATION,
                    "10s",
                    "How long the program may take to end before everything in its jail is killed."),
            Option.once(
                    RELOAD_ON_TOUCH,
                    Form.FLAG,
                    "true",
                    "Whether another modification time of the vassal file alone, newer or older, is a reload."),
            Option.once(
                    LOYAL_AFTER,
                    Form.DURATION,
                    "3s",
                    "How long the program must live to be loyal; an earlier death is a fault and delays the next launch."),
            Option.once(
                    START_TIMEOUT, Form.DURATION, "30s", "How long building the jail may take until the program runs."),
            Option.once(ON_EMPEROR_DEATH, Form.TEXT, "die", "die: the jail ends when the emperor's process does."),
            Option.once(PIDS_MAX, Form.COUNT, "", "How many processes and threads the vassal may have at once."));

    private Options() {}

    public static List<Option> portable() {
        return PORTABLE;
    }
}
