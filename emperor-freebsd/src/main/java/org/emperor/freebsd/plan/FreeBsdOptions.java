package org.emperor.freebsd.plan;

import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Option;

/** The keys that only FreeBSD's jails know, named and shaped as uWSGI's. */
public final class FreeBsdOptions {
    private static final List<Option> TABLE = List.of(
            Option.once(
                    "jail",
                    Form.WORDS,
                    "",
                    "The root directory of a jail made by jail(2), then its host name and its name if wanted."),
            Option.list("jail-ip4", Form.TEXT, "An IPv4 address of that jail; an interface must have it already."),
            Option.list("jail-ip6", Form.TEXT, "An IPv6 address of that jail; an interface must have it already."),
            Option.list(
                    "jail2", Form.TEXT, "A parameter of a jail made by jail_set(2), as key=value, or key for true."),
            Option.list("libjail", Form.TEXT, "The same as jail2."),
            Option.once("jail-attach", Form.TEXT, "", "The id or name of a running jail that the program joins."),
            Option.once("jidfile", Form.TEXT, "", "The file inside the jail that receives the jail's id."),
            Option.once("jid-file", Form.TEXT, "", "The same as jidfile."));

    private FreeBsdOptions() {}

    public static List<Option> table() {
        return TABLE;
    }
}
