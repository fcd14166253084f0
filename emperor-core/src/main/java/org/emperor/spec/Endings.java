package org.emperor.spec;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.emperor.lang.Shown;

/** What the names of vassal files end in: the endings of the formats, and what the operator adds. */
public final class Endings {
    public static final Endings USUAL = new Endings(List.of());

    private static final List<String> FORMATS = List.of("ini", "js", "json", "toml", "xml", "yaml", "yml");

    private final List<String> extra;

    private Endings(List<String> extra) {
        this.extra = extra;
    }

    /** The usual ones and these, each with its dot. */
    public static Endings with(List<String> extra) {
        return extra.isEmpty()
                ? USUAL
                : new Endings(extra.stream().map(ending -> ending.substring(1)).toList());
    }

    /** @param ending without its dot */
    public boolean has(String ending) {
        return FORMATS.contains(ending) || extra.contains(ending);
    }

    /** An ending that may be added. */
    static Parsed<String> parse(String text) {
        boolean isDotted = text.startsWith(".");
        String ending = isDotted ? text.substring(1) : text;
        if (!Rule.VALID.matcher(ending).matches()) {
            return Parsed.unfit(
                    Shown.quoted(text) + " is not an ending", "write a dot and 1 to 32 of A-Z a-z 0-9 _ - after it");
        }
        if (!isDotted) {
            return Parsed.unfit(Shown.quoted(text) + " has no dot", "write ." + ending);
        }
        if (FORMATS.contains(ending.toLowerCase(Locale.ROOT))) {
            return Parsed.unfit(Shown.quoted(text) + " is the ending of a format", "choose another");
        }
        return Rule.LEFTOVER.matcher(ending).matches()
                ? Parsed.unfit(
                        Shown.quoted(text) + " is the ending of what editors and package managers leave",
                        "choose another")
                : Parsed.value(text);
    }

    /** Loaded only for operators who add one. */
    private static final class Rule {
        private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

        /** Of files that editors, patch(1), downloads and the package managers of Debian and Red Hat leave beside others. */
        private static final Pattern LEFTOVER = Pattern.compile(
                "sw[a-z]|te?mp|bak|old|new|orig|rej|save|lock|part|(dpkg|rpm|ucf)-?[a-z]+", Pattern.CASE_INSENSITIVE);
    }
}
