package org.emperor.linux.plan;

import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Option;

/** The keys of a vassal file that only Linux jails know; names and meaning as uWSGI's. */
public final class LinuxOptions {
    private LinuxOptions() {}

    public static List<Option> table() {
        return List.of(
                Option.once(
                        "clone",
                        Form.TEXT,
                        "",
                        "Namespaces made by the one clone call: a comma list of fs, net, ipc, uts, pid, user, cgroup."),
                Option.once("hostname", Form.TEXT, "", "Host name inside; needs the uts namespace."),
                Option.once(
                        "namespace",
                        Form.TEXT,
                        "",
                        "ROOT[:HOSTNAME]: fs, ipc, uts and pid namespaces with that directory as root and a fresh /proc."),
                Option.once(
                        "pivot-root",
                        Form.TEXT,
                        "",
                        "NEW OLD: make the mount point NEW the root and put the old root at OLD, a directory below NEW."),
                Option.once("chroot", Form.TEXT, "", "Change the root directory and work from there."),
                Option.list(
                        "hook-post-jail",
                        Form.TEXT,
                        "Action when the namespaces exist, before the root changes: mount: or umount:."),
                Option.list(
                        "hook-in-jail",
                        Form.TEXT,
                        "Action after the root of namespace, before chroot and pivot-root: mount: or umount:."),
                Option.list("hook-as-root", Form.TEXT, "Action in the final root, before rights are dropped."));
    }
}
