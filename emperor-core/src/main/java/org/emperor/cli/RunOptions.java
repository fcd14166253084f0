package org.emperor.cli;

import java.util.List;
import java.util.Map;
import org.emperor.spec.Form;
import org.emperor.spec.Option;
import org.emperor.spec.OptionTable;

/** The daemon's own settings: each is a key of {@code emperor.ini} and an option of {@code emperor run}. */
final class RunOptions {
    static final String VASSALS = "vassals";
    static final String EMPEROR = "emperor";
    static final String STATE_DIR = "state-dir";
    static final String DATA_DIR = "data-dir";
    static final String LOG_DIR = "log-dir";
    static final String HTTP = "http";
    static final String USE_CLONE = "emperor-use-clone";
    static final String LOG_LEVEL = "log-level";

    private static final List<Option> ALL = List.of(
            Option.list(VASSALS, Form.TEXT, "Where vassal files appear: a directory, a pattern, dir:// or glob://."),
            Option.list(EMPEROR, Form.TEXT, "uWSGI's name of vassals."),
            Option.once(STATE_DIR, Form.TEXT, "", "The directory of this boot's state and of the control socket."),
            Option.once(DATA_DIR, Form.TEXT, "", "The directory of what outlives a boot; data/ in a given state-dir."),
            Option.once(LOG_DIR, Form.TEXT, "", "The directory of the vassals' logs; - is the emperor's stderr."),
            Option.once(HTTP, Form.TEXT, "127.0.0.1:7117", "The loopback address of the page and the API, or none."),
            Option.once(USE_CLONE, Form.TEXT, "", "Namespaces of vassals whose file has no clone."),
            Option.once(LOG_LEVEL, Form.TEXT, "info", "The least that is logged: debug, info, warning or error."));

    static final OptionTable TABLE = new OptionTable(ALL, List.of(), Map.of());

    private RunOptions() {}

    static String help() {
        StringBuilder text = new StringBuilder("""
                Usage: emperor run [--config FILE] [options]
                Reigns over the vassals, in the foreground. TERM and INT stop all vassals, HUP reloads them.

                """);
        line(text, "config FILE", "The file of these settings, in its section [emperor].", "");
        ALL.forEach(option -> line(
                text,
                option.key() + " VALUE" + (option.repeatable() ? " ..." : ""),
                option.meaning(),
                option.standard()));
        return text.append("""

                        Places not given are /etc/emperor/emperor.ini, /etc/vassals, /run/emperor, /var/lib/emperor and
                        /var/log/emperor for root, and those of the XDG base directories for others.
                        """).toString();
    }

    private static void line(StringBuilder text, String option, String meaning, String standard) {
        text.append(String.format("  --%-28s %s", option, meaning));
        text.append(standard.isEmpty() ? "\n" : " Default: " + standard + ".\n");
    }
}
