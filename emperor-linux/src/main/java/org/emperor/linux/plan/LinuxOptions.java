package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;
import org.emperor.spec.Options;
import org.emperor.spec.Resource;

/** The keys of a vassal file that only Linux jails know; names and meaning as uWSGI's. */
public final class LinuxOptions {
    static final List<Resource> LIMITED = List.of(
            Resource.LOCKS, Resource.MSGQUEUE, Resource.NICE, Resource.RTPRIO, Resource.RTTIME, Resource.SIGPENDING);

    private static final List<Option> TABLE = all();

    private LinuxOptions() {}

    public static List<Option> table() {
        return TABLE;
    }

    private static List<Option> all() {
        List<Option> all = new ArrayList<>();
        jails(all);
        all.addAll(SetnsOptions.table());
        all.addAll(FileSystemOptions.table());
        all.addAll(PrivilegeOptions.table());
        all.addAll(NetworkOptions.table());
        all.addAll(LookupOptions.table());
        all.addAll(HookOptions.all());
        all.addAll(CgroupOptions.all());
        all.replaceAll(option -> option.group() == Group.PROGRAM ? option.in(Group.JAIL) : option);
        for (Resource resource : LIMITED) {
            all.add(Options.limit(resource));
        }
        all.add(Option.once(
                        "ionice",
                        Form.TEXT,
                        "none",
                        "The class of I/O scheduling: none, idle, best-effort or realtime, the last two with a level from"
                                + " :0, the first to be served, to :7.")
                .in(Group.PRIORITY));
        all.add(Option.once(
                        "oom-score-adj",
                        Form.NUMBER,
                        "0",
                        "How likely the system ends the vassal when memory runs out: -1000 never, 1000 first.")
                .in(Group.PRIORITY));
        all.addAll(UserOptions.table());
        all.replaceAll(option -> option.on("Linux"));
        return List.copyOf(all);
    }

    private static void jails(List<Option> all) {
        all.add(Option.once(
                "clone",
                Form.TEXT,
                "",
                "The namespaces that the one clone(2) call makes, a comma list of fs (also ns, mount, mnt), net, ipc, uts,"
                        + " pid, user, cgroup, time (since Linux 6.3); without it the daemon's emperor-use-clone counts, and without that the"
                        + " program is in no namespace of its own. With net the loopback interface is up and there is no"
                        + " other. With fs nothing that is mounted inside shows outside. With fs and pid a fresh /proc is"
                        + " mounted, unless a hook of the file does that. With user root inside is nobody outside, see"
                        + " user-range. An emperor that is not root can make namespaces only together with user."));
        all.add(Option.once(
                "hostname", Form.TEXT, "", "The host name inside: 1 to 64 of A-Z a-z 0-9 - . _. Needs uts in clone."));
        Option namespace = Option.once(
                "namespace",
                Form.TEXT,
                "",
                "ROOT[:HOSTNAME]: fs, ipc, uts and pid namespaces with that directory as root and a fresh /proc.");
        all.add(namespace);
        all.add(namespace.alsoAs("ns"));
        Option network =
                Option.once("namespace-net", Form.FLAG, "false", "Whether namespace makes a network namespace too.");
        all.add(network);
        all.add(network.alsoAs("ns-net"));
        all.addAll(UnshareOptions.all());
        all.add(Option.once("chroot", Form.PATH, "", "Changes the root directory and works from there."));
        all.add(Option.once(
                "pivot-root",
                Form.TEXT,
                "",
                "NEW OLD: makes the mount point NEW the root and puts the old root at OLD, a directory below NEW. Needs fs"
                        + " in clone."));
    }
}
