package org.emperor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;
import org.emperor.spec.OptionTable;
import org.emperor.spec.Support;
import org.emperor.spec.UwsgiSettings;

/** The daemon's own settings: each is a key of {@code emperor.ini} and an option of {@code emperor run}. */
final class RunOptions {
    static final String VASSALS = "vassals";
    static final String STATE_DIR = "state-dir";
    static final String DATA_DIR = "data-dir";
    static final String LOG_DIR = "log-dir";
    static final String HTTP = "http";
    static final String FREQ = "emperor-freq";
    static final String LOG_LEVEL = "log-level";
    static final String USE_CLONE = "emperor-use-clone";
    static final String CAP = "vassals-cap";
    static final String THROTTLE = "emperor-throttle";
    static final String MAX_THROTTLE = "emperor-max-throttle";
    static final String CURSE_TOLERANCE = "emperor-curse-tolerance";
    static final String BINARY_PATH = "binary-path";
    static final String WRAPPER = "emperor-wrapper";
    static final String WRAPPER_OVERRIDE = "emperor-wrapper-override";
    static final String WRAPPER_FALLBACK = "emperor-wrapper-fallback";
    static final String INHERIT_BEFORE = "vassals-inherit-before";
    static final String INCLUDE_BEFORE = "vassals-include-before";
    static final String SET = "vassals-set";
    static final String INHERIT = "vassals-inherit";
    static final String INCLUDE = "vassals-include";
    static final String MAGIC_EXEC = "emperor-magic-exec";
    static final String EXTRA_EXTENSION = "emperor-extra-extension";

    static final String HOOK_TIMEOUT = "hook-timeout";

    /** Those of each come before the same ones of a vassal's own file. */
    static final List<String> HOOKS = List.of(
            "vassals-start-hook",
            "vassals-stop-hook",
            "hook-as-vassal",
            "mount-as-vassal",
            "umount-as-vassal",
            "exec-as-vassal",
            "hook-as-emperor",
            "mount-as-emperor",
            "umount-as-emperor",
            "exec-as-emperor");

    private static final List<Option> ALL = all();

    static final OptionTable TABLE = new OptionTable(ALL, List.of(), Map.of());

    private RunOptions() {}

    private static List<Option> all() {
        List<Option> all = new ArrayList<>();
        daemon(all);
        vassals(all);
        endings(all);
        uwsgi(all);
        later(all);
        return List.copyOf(all);
    }

    private static void daemon(List<Option> all) {
        Option vassals = Option.list(
                        VASSALS,
                        Form.TEXT,
                        "Where vassal files appear: a directory, a pattern, dir:// or glob://. Of two files that name the"
                                + " same vassal the one of the earlier source counts, and the other is refused.")
                .in(Group.DAEMON);
        all.add(vassals);
        all.add(vassals.alsoAs("emperor"));
        all.add(daemon(
                STATE_DIR,
                "",
                "The directory of this boot's state and of the control socket. It is made if missing, must belong to the"
                        + " emperor's user, must not be writable by others, and is locked: a second emperor on it refuses to"
                        + " start."));
        all.add(daemon(
                DATA_DIR,
                "",
                "The directory of what outlives a boot, the host ids granted to user namespaces; data/ in a given"
                        + " state-dir."));
        all.add(daemon(LOG_DIR, "", "The directory of the vassals' logs; - is the emperor's stderr."));
        all.add(daemon(
                HTTP,
                "127.0.0.1:7117",
                "The loopback address of the page and the API, or none. Whoever can connect may read; nothing can be"
                        + " changed over it. An address that is taken is tried again until it can be had."));
        all.add(Option.once(
                        FREQ,
                        Form.COUNT,
                        "300",
                        "Seconds from one look at all files to the next; changes are told anyway.")
                .in(Group.DAEMON));
        all.add(daemon(LOG_LEVEL, "info", "The least that is logged: debug, info, warning or error."));
    }

    private static Option daemon(String key, String standard, String meaning) {
        return Option.once(key, Form.TEXT, standard, meaning).in(Group.DAEMON);
    }

    private static void vassals(List<Option> all) {
        all.add(Option.once(USE_CLONE, Form.TEXT, "", "Namespaces of vassals whose file has no clone.")
                .in(Group.VASSALS));
        Option capabilities = Option.once(CAP, Form.TEXT, "", "The cap-keep of vassals whose file has none.")
                .in(Group.VASSALS);
        all.add(capabilities);
        all.add(capabilities.alsoAs("vassal-cap"));
        all.add(capabilities.alsoAs("emperor-cap"));
        all.add(milliseconds(THROTTLE, "The backoff-delay of vassals whose file has none, in milliseconds."));
        all.add(milliseconds(MAX_THROTTLE, "The backoff-limit of vassals whose file has none, in milliseconds."));
        for (String key : HOOKS) {
            all.add(Option.list(key, Form.TEXT, "The " + key + " of all vassals, before that of their files.")
                    .in(Group.VASSALS));
        }
        all.add(Option.once(HOOK_TIMEOUT, Form.DURATION, "", "The hook-timeout of vassals whose file has none.")
                .in(Group.VASSALS));
        all.add(milliseconds(CURSE_TOLERANCE, "The stop-grace of vassals whose file has none, in seconds."));
    }

    private static Option milliseconds(String key, String meaning) {
        return Option.once(key, Form.COUNT, "", meaning).in(Group.VASSALS);
    }

    private static void uwsgi(List<Option> all) {
        all.add(uwsgi(Option.once(BINARY_PATH, Form.TEXT, UwsgiSettings.USUAL_BINARY, "uWSGI itself.")));
        all.add(uwsgi(Option.once(WRAPPER, Form.TEXT, "", "What is executed in place of uWSGI.")));
        all.add(uwsgi(Option.list(WRAPPER_OVERRIDE, Form.TEXT, "What is tried before.")));
        all.add(uwsgi(Option.list(WRAPPER_FALLBACK, Form.TEXT, "What is tried after.")));
        all.add(uwsgi(Option.list(INHERIT_BEFORE, Form.TEXT, "A template that each inherits before its own file.")));
        all.add(uwsgi(Option.list(INCLUDE_BEFORE, Form.TEXT, "A file that each includes before its own.")));
        Option set = uwsgi(Option.list(SET, Form.TEXT, "An option that each has before its own file, as key=value."));
        all.add(set);
        all.add(set.alsoAs("vassal-set"));
        all.add(uwsgi(Option.list(INHERIT, Form.TEXT, "A template that each inherits.")));
        all.add(uwsgi(Option.list(INCLUDE, Form.TEXT, "A file that each includes.")));
        all.add(uwsgi(Option.once(
                MAGIC_EXEC,
                Form.FLAG,
                "false",
                "Whether an executable file is executed, and its output is the file.")));
    }

    private static void endings(List<Option> all) {
        Option extension = Option.list(
                        EXTRA_EXTENSION,
                        Form.ENDING,
                        "A further ending of vassal files, beside those of the formats. Such a file is read as INI, and is"
                                + " given to uWSGI by --config.")
                .in(Group.DAEMON);
        all.add(extension);
        all.add(extension.alsoAs("emperor-extra-ext"));
    }

    private static Option uwsgi(Option option) {
        return option.in(Group.UWSGI);
    }

    private static void later(List<Option> all) {
        later(all, Form.PATH, "A file that receives the emperor's process id.", "emperor-pidfile");
        later(all, Form.FLAG, "Links count themselves, not what they lead to.", "emperor-nofollow");
        later(all, Form.FLAG, "Vassals run as the owners of their files.", "emperor-tyrant", "emperor-tyrant-nofollow");
        later(all, Form.COUNT, "Seconds without a heartbeat before a vassal is ended.", "emperor-required-heartbeat");
        later(all, Form.FLAG, "uWSGI vassals finish their requests when stopped.", "emperor-graceful-shutdown");
        later(all, Form.TEXT, "The address of statistics as a stream.", "emperor-stats", "emperor-stats-server");
        later(all, Form.COUNT, "The most reinforcements of uWSGI vassals.", "emperor-broodlord");
        later(
                all,
                Form.TEXT,
                "Where the sockets of vassals on demand are named.",
                "emperor-on-demand-extension",
                "emperor-on-demand-ext",
                "emperor-on-demand-directory",
                "emperor-on-demand-dir",
                "emperor-on-demand-exec");
        later(all, Form.TEXT, "Actions before the first vassal.", "hook-emperor-start");
    }

    private static void later(List<Option> all, Form form, String meaning, String... keys) {
        for (String key : keys) {
            all.add(Option.once(key, form, "", meaning).in(Group.DAEMON).later());
        }
    }

    static String help() {
        StringBuilder text = new StringBuilder("""
                Usage: emperor run [--config FILE] [options]
                Reigns over the vassals, in the foreground. TERM and INT stop all vassals, HUP reloads them.

                """);
        line(text, "config FILE", "The file of these settings, in its section [emperor].", "");
        for (Option option : ALL) {
            if (option.support() == Support.WORKS) {
                String more = option.repeatable() ? " ..." : "";
                line(text, option.key() + " VALUE" + more, firstSentence(option.meaning()), option.standard());
            }
        }
        return text.append("""

                        Places not given are /etc/emperor/emperor.ini, /etc/vassals, /run/emperor, /var/lib/emperor and
                        /var/log/emperor for root, and those of the XDG base directories for others.
                        """).toString();
    }

    private static String firstSentence(String meaning) {
        int end = meaning.indexOf(". ");
        return end < 0 ? meaning : meaning.substring(0, end + 1);
    }

    private static void line(StringBuilder text, String option, String meaning, String standard) {
        text.append(String.format("  --%-28s %s", option, meaning));
        text.append(standard.isEmpty() ? "\n" : " Default: " + standard + ".\n");
    }
}
