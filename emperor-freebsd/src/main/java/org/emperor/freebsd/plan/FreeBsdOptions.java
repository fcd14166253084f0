package org.emperor.freebsd.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;

/** The keys that only FreeBSD's jails know, named and shaped as uWSGI's. Nothing builds these jails yet. */
public final class FreeBsdOptions {
    private static final List<Option> TABLE = all();

    private FreeBsdOptions() {}

    public static List<Option> table() {
        return TABLE;
    }

    private static List<Option> all() {
        List<Option> all = new ArrayList<>();
        all.add(Option.once(
                "jail",
                Form.WORDS,
                "",
                "The root directory of a jail made by jail(2), then its host name and its name if wanted."));
        all.add(Option.list("jail-ip4", Form.TEXT, "An IPv4 address of that jail; an interface must have it already."));
        all.add(Option.list("jail-ip6", Form.TEXT, "An IPv6 address of that jail; an interface must have it already."));
        Option parameter = Option.list(
                "jail2", Form.TEXT, "A parameter of a jail made by jail_set(2), as key=value, or key for true.");
        all.add(parameter);
        all.add(parameter.alsoAs("libjail"));
        all.add(Option.once("jail-attach", Form.TEXT, "", "The id or name of a running jail that the program joins."));
        Option file = Option.once("jidfile", Form.TEXT, "", "The file inside the jail that receives the jail's id.");
        all.add(file);
        all.add(file.alsoAs("jid-file"));
        all.add(Option.once("chroot", Form.PATH, "", "Changes the root directory and works from there."));
        all.replaceAll(option -> option.in(Group.JAIL).later());
        all.addAll(LaterOptions.hooks());
        all.replaceAll(option -> option.on("FreeBSD"));
        return List.copyOf(all);
    }
}
