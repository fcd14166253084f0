package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Option;

/** The keys of namespaces that are made after the clone, and of what {@code namespace} keeps. */
final class UnshareOptions {
    private UnshareOptions() {}

    static List<Option> all() {
        List<Option> all = new ArrayList<>();
        all.add(Option.list(
                "namespace-keep-mount",
                Form.TEXT,
                "SOURCE[:TARGET]: what the host has mounted at SOURCE is mounted at TARGET in the root of namespace, without"
                        + " TARGET at the same place. All else that is mounted below that root stays behind, but in a user"
                        + " namespace."));
        all.add(
                Option.list(
                        "unshare",
                        Form.TEXT,
                        "Namespaces made by unshare(2) after the hooks pre-jail, which so are still outside; the words of clone,"
                                + " and files and sysvsem, which are the jail's own always. What clone makes already is not made"
                                + " again; user is made by clone. With pid a process is forked that goes on as the jail's init."));
        all.add(Option.list("unshare2", Form.TEXT, "The same after chroot and pivot-root."));
        Option last = Option.once(
                "refork",
                Form.FLAG,
                "false",
                "Whether that fork comes after the hooks as-root; without any of these keys it comes at once.");
        all.add(last);
        all.add(last.alsoAs("re-fork"));
        Option early = Option.once("refork-as-root", Form.FLAG, "false", "Whether it comes before the hooks as-root.");
        all.add(early);
        all.add(early.alsoAs("re-fork-as-root"));
        Option earlier =
                Option.once("refork-post-jail", Form.FLAG, "false", "Whether it comes after the hooks post-jail.");
        all.add(earlier);
        all.add(earlier.alsoAs("re-fork-post-jail"));
        return all;
    }
}
