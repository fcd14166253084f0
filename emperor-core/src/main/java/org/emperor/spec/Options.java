package org.emperor.spec;

import java.util.ArrayList;
import java.util.List;

/** The keys that mean the same on every platform. */
public final class Options {
    static final String EXEC = "exec";
    static final String CHDIR = "chdir";
    public static final String ENV = "env";
    static final String ENV_FILE = "env-file";
    static final String ENVDIR = "envdir";
    static final String UNENV = "unenv";
    static final String UMASK = "umask";
    static final String INIT = "init";
    public static final String UID = "uid";
    public static final String GID = "gid";
    public static final String ADD_GID = "add-gid";
    public static final String NO_INITGROUPS = "no-initgroups";
    public static final String PIDS_MAX = "pids-max";
    public static final String NICE = "nice";
    static final String CPU_AFFINITY = "cpu-affinity";
    static final String STOP_SIGNAL = "stop-signal";
    public static final String STOP_GRACE = "stop-grace";
    static final String STOP_SEQUENCE = "stop-sequence";
    static final String RELOAD_SIGNAL = "reload-signal";
    static final String RELOAD_ON_TOUCH = "reload-on-touch";
    static final String LOYAL_AFTER = "loyal-after";
    static final String START_TIMEOUT = "start-timeout";
    static final String ON_EMPEROR_DEATH = "on-emperor-death";
    public static final String INSTANCES = "instances";
    static final String LABELS = "labels";
    static final String RESTART = "restart";
    static final String SUCCESS_CODES = "success-codes";
    static final String FATAL_CODES = "fatal-codes";
    public static final String BACKOFF_DELAY = "backoff-delay";
    static final String BACKOFF_FACTOR = "backoff-factor";
    public static final String BACKOFF_LIMIT = "backoff-limit";
    static final String BACKOFF_JITTER = "backoff-jitter";
    static final String MAX_RESTARTS = "max-restarts";

    /** What a stop sequence says instead. */
    static final List<String> STOPPING = List.of(STOP_SIGNAL, STOP_GRACE);

    static final List<String> RESTARTS = List.of(
            RESTART,
            SUCCESS_CODES,
            FATAL_CODES,
            BACKOFF_DELAY,
            BACKOFF_FACTOR,
            BACKOFF_LIMIT,
            BACKOFF_JITTER,
            MAX_RESTARTS);

    /** What every platform can limit. */
    static final List<Resource> LIMITED = List.of(
            Resource.AS,
            Resource.CORE,
            Resource.CPU,
            Resource.DATA,
            Resource.FSIZE,
            Resource.MEMLOCK,
            Resource.NOFILE,
            Resource.NPROC,
            Resource.RSS,
            Resource.STACK);

    private static final List<Option> PORTABLE = table();

    private Options() {}

    public static List<Option> portable() {
        return PORTABLE;
    }

    private static List<Option> table() {
        List<Option> table = new ArrayList<>();
        program(table);
        identity(table);
        limits(table);
        priority(table);
        life(table);
        restart(table);
        return List.copyOf(table);
    }

    private static void program(List<Option> table) {
        table.add(Option.list(
                EXEC,
                Form.WORDS,
                "The program and its arguments, split as a shell splits words but never given to one. Given more than"
                        + " once, as a list of another format is, each value is one argument as it stands; the first, the"
                        + " program, then holds no blank, so that two programs are not taken for one. A program"
                        + " without a slash is looked for along the PATH of its environment, in the jail. Required."));
        table.add(Option.once(
                CHDIR,
                Form.PATH,
                "",
                "The absolute directory inside the jail in which the program starts; / if not given."));
        table.add(Option.list(
                ENV,
                Form.ASSIGNMENT,
                "A variable of the program's environment; the last of one name wins, over env-file, envdir and the usual"
                        + " ones. Those are a standard PATH, LANG=C.UTF-8, and HOME, USER, LOGNAME and SHELL of its"
                        + " user; nothing else is inherited."));
        table.add(Option.list(
                ENV_FILE,
                Form.PATH,
                "A file of variables on the host, read with the vassal file: NAME=value lines, comments with # or ;,"
                        + " values literal or quoted as in a shell. A change of what they say is an edit of the vassal"
                        + " file."));
        Option directory = Option.once(
                ENVDIR,
                Form.PATH,
                "",
                "A directory of variables on the host, read after env-file: each file is a variable of its name and its"
                        + " content the value, without blanks and newlines at its end; an empty file leaves the variable"
                        + " out. A change of what they say is an edit of the vassal file.");
        table.add(directory);
        table.add(directory.alsoAs("early-envdir"));
        table.add(Option.list(
                UNENV,
                Form.VARIABLE,
                "A variable that is left out, of the usual ones, of env-file and of envdir; env can set it."));
        table.add(Option.once(
                UMASK, Form.OCTAL, "022", "The permissions that files the program makes do not get, in octal."));
        table.add(Option.once(
                INIT,
                Form.TEXT,
                "resident",
                "resident: a small init stays in the jail, reaps what the program leaves behind, forwards signals and"
                        + " records how the program ended. none: the program itself is the first process. In a pid"
                        + " namespace it then ignores every signal but KILL that it has no handler for, so that a stop"
                        + " may take all of its time; and nobody reaps for it."));
        table.add(Option.once(
                INSTANCES,
                Form.COUNT,
                "",
                "How many vassals this one file is, 1 to 1000: web.ini is web@1, web@2 and so on, each with its own"
                        + " %(instance). Another number starts or stops only the difference. Not in a template, nor in an"
                        + " instance of one."));
        table.add(Option.list(
                LABELS,
                Form.LABELS,
                "What people sort vassals by, as name=value words; at most 16 names. Shown by emperor status --json and"
                        + " the API."));
    }

    private static void identity(List<Option> table) {
        table.add(Option.once(
                        UID,
                        Form.ACCOUNT,
                        "",
                        "The user the program runs as, with that user's groups; the emperor's own if not given. The name"
                                + " is looked up on the host when the file is read; with the user namespace the number"
                                + " counts inside it.")
                .in(Group.IDENTITY));
        table.add(Option.once(GID, Form.ACCOUNT, "", "The primary group of the program; the user's own if not given.")
                .in(Group.IDENTITY));
        table.add(Option.list(ADD_GID, Form.ACCOUNT, "A further group of the program, beside those of its user.")
                .in(Group.IDENTITY));
        table.add(Option.once(
                        NO_INITGROUPS,
                        Form.FLAG,
                        "false",
                        "Whether the groups that the user database gives the user are left out: the primary group and"
                                + " those of add-gid remain.")
                .in(Group.IDENTITY));
    }

    private static void limits(List<Option> table) {
        table.add(Option.once(
                        PIDS_MAX,
                        Form.COUNT,
                        "",
                        "How many processes and threads the vassal may have at once, by cgroup v2 or v1. On a host that"
                                + " can enforce neither the file is refused.")
                .in(Group.LIMITS));
        for (Resource resource : LIMITED) {
            table.add(limit(resource));
        }
        Option files = limit(Resource.NOFILE);
        table.add(files.alsoAs("max-fd"));
    }

    /** The key of a resource limit, setrlimit(2). */
    public static Option limit(Resource resource) {
        return Option.once(resource.key(), Form.LIMIT, "", meaning(resource)).in(Group.LIMITS);
    }

    private static String meaning(Resource resource) {
        return switch (resource) {
            case AS -> "The address space of each process, in bytes; with a unit, because uWSGI counts megabytes.";
            case CORE -> "The size of a core dump, in bytes; 0 for none.";
            case CPU -> "The processor time of each process, in seconds.";
            case DATA -> "The data segment of each process, in bytes.";
            case FSIZE -> "The size of a file that is written, in bytes.";
            case LOCKS -> "How many file locks.";
            case MEMLOCK -> "The memory that may be locked, in bytes.";
            case MSGQUEUE -> "The size of the user's POSIX message queues, in bytes.";
            case NICE -> "How far nice may be lowered: 20 less the lowest.";
            case NOFILE -> "How many open files; 1024 soft if not given, and as many hard as the emperor has.";
            case NPROC -> "How many processes and threads the user may have on the whole system.";
            case RSS -> "The resident memory of each process, in bytes; few systems heed it.";
            case RTPRIO -> "The highest real-time priority.";
            case RTTIME -> "The time a real-time process may run without sleeping, in microseconds.";
            case SIGPENDING -> "How many signals may be queued.";
            case STACK -> "The size of a stack, in bytes.";
        };
    }

    private static void priority(List<Option> table) {
        Option nice = Option.once(NICE, Form.NUMBER, "0", "How readily others go first: -20 the least, 19 the most.")
                .in(Group.PRIORITY);
        table.add(nice);
        table.add(nice.alsoAs("prio"));
        table.add(Option.once(
                        CPU_AFFINITY,
                        Form.CPUS,
                        "",
                        "The processors the program may run on, such as 0-3,8; all if not given.")
                .in(Group.PRIORITY));
    }

    private static void life(List<Option> table) {
        table.add(Option.once(
                        STOP_SIGNAL,
                        Form.SIGNAL,
                        "TERM",
                        "The signal that asks the program to end; KILL ends everything in its jail.")
                .in(Group.LIFE));
        table.add(Option.once(
                        STOP_GRACE,
                        Form.DURATION,
                        "10s",
                        "How long the program may take to end before everything in its jail is killed.")
                .in(Group.LIFE));
        table.add(Option.once(
                        STOP_SEQUENCE,
                        Form.STEPS,
                        "",
                        "In place of these two, several signals, each with the time until the next, such as TERM 30s INT"
                                + " 5s; after the last everything in the jail is killed.")
                .in(Group.LIFE));
        table.add(Option.once(
                        RELOAD_SIGNAL,
                        Form.SIGNAL,
                        "",
                        "The signal that a reload sends to a running program whose file says the same as before, as"
                                + " after a touch, in place of a new jail. Another content always means a new jail.")
                .in(Group.LIFE));
        table.add(Option.once(
                        RELOAD_ON_TOUCH,
                        Form.FLAG,
                        "true",
                        "Whether another modification time of the vassal file alone, newer or older, is a reload.")
                .in(Group.LIFE));
        table.add(Option.once(
                        LOYAL_AFTER,
                        Form.DURATION,
                        "3s",
                        "How long the program must live to be loyal. An earlier death is a fault and delays the next"
                                + " launch; a loyal vassal that dies is launched again at once.")
                .in(Group.LIFE));
        table.add(Option.once(
                        START_TIMEOUT,
                        Form.DURATION,
                        "30s",
                        "How long building the jail may take until the program runs, from when it is its turn.")
                .in(Group.LIFE));
        table.add(Option.once(
                        ON_EMPEROR_DEATH,
                        Form.TEXT,
                        "die",
                        "die: the jail ends when the emperor's process does, however that ends.")
                .in(Group.LIFE));
    }

    private static void restart(List<Option> table) {
        table.add(Option.once(
                        RESTART,
                        Form.TEXT,
                        "always",
                        "Whether a program that ended by itself is launched again. always; on-failure: a success ends"
                                + " the vassal, as done; never: it ends with its first program, as done or as failed. A"
                                + " change of the file launches it again.")
                .in(Group.RESTART));
        table.add(Option.once(
                        SUCCESS_CODES,
                        Form.CODES,
                        "0",
                        "The exit codes that are a success, or none; they count with restart = on-failure and never.")
                .in(Group.RESTART));
        table.add(Option.once(
                        FATAL_CODES,
                        Form.CODES,
                        "none",
                        "The exit codes after which the vassal is not launched again, whatever restart says: it has"
                                + " failed until its file changes.")
                .in(Group.RESTART));
        table.add(Option.once(BACKOFF_DELAY, Form.DURATION, "250ms", "The delay of a launch after a fault.")
                .in(Group.RESTART));
        table.add(Option.once(
                        BACKOFF_FACTOR,
                        Form.COUNT,
                        "2",
                        "How many times longer the delay is after each further fault in a row, 1 to 10.")
                .in(Group.RESTART));
        table.add(Option.once(BACKOFF_LIMIT, Form.DURATION, "60s", "The longest delay.")
                .in(Group.RESTART));
        table.add(Option.once(
                        BACKOFF_JITTER,
                        Form.COUNT,
                        "20",
                        "How much of a delay may be added or taken, in per cent, so that vassals that failed together do"
                                + " not return together.")
                .in(Group.RESTART));
        table.add(Option.once(
                        MAX_RESTARTS,
                        Form.COUNT,
                        "",
                        "How many faults in a row are followed by another launch before the vassal has failed; without"
                                + " it there is always another. A loyal life and a change of the file forgive all.")
                .in(Group.RESTART));
    }
}
