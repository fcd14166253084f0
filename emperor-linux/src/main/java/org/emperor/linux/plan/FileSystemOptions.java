package org.emperor.linux.plan;

import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;

/** The keys for what of the host's files a jail sees, and how. */
final class FileSystemOptions {
    static final String PRESET = "jail-preset";

    private static final String STANDARD = " On with jail-preset standard and strict. Needs fs in clone.";

    private FileSystemOptions() {}

    static List<Option> table() {
        return List.of(
                Option.once(PRESET, Form.TEXT, "none", preset()).in(Group.JAIL),
                flag(
                        "read-only",
                        "Whether everything the program can reach is read-only, but for what is private and for targets of"
                                + " bind and tmpfs; nothing there gives rights by setuid."
                                + STANDARD),
                flag(
                        "private-tmp",
                        "Whether /tmp and /var/tmp are empty and the jail's own, in memory, each of at most a tenth of"
                                + " it."
                                + STANDARD),
                flag(
                        "private-run",
                        "Whether /run is empty, the jail's own and the program's user's, in memory, of at most 64M. Where"
                                + " the network is the host's, /run/systemd/resolve remains, so that names can be"
                                + " resolved."
                                + STANDARD),
                flag(
                        "private-dev",
                        "Whether /dev has only null, zero, full, random, urandom, tty, terminals of its own, and in"
                                + " memory /dev/shm of at most 64M, and mqueue with an ipc namespace."
                                + STANDARD),
                flag(
                        "hide-proc",
                        "Whether a user sees only processes of its own in /proc (hidepid of proc(5)). On with jail-preset"
                                + " strict. Needs fs in clone."),
                list(
                        "bind",
                        "SOURCE[:TARGET[:OPTION,...]]: that directory or file of the host, writable, at TARGET, by"
                                + " default at the same place. Below a private directory or a tmpfs a missing TARGET is"
                                + " made, as a directory, or with the option file as a file; elsewhere it has to exist. No"
                                + " symbolic link in either path is followed. Device nodes count only where SOURCE is below"
                                + " /dev. Needs fs in clone. With the option idmap, for a user namespace, what lies there"
                                + " belongs inside to whom it belongs on disk, and what is made there belongs on disk to"
                                + " whom it belongs inside; without it what is of the host's root is nobody's. Its file"
                                + " system must be able to do that, and those mounted below it: ext4, xfs, btrfs and others"
                                + " since Linux 5.12, tmpfs since 6.3; and the emperor must be root. Root inside writes"
                                + " there as the host's root: let no other user of the host reach the directory."),
                list("bind-ro", "The same, read-only."),
                list(
                        "tmpfs",
                        "TARGET[:size=SIZE,mode=OCTAL]: an empty directory in memory at TARGET that belongs to the"
                                + " program's user, by default of a tenth of it and mode 0755. Needs fs in clone."),
                list(
                        "mask",
                        "A path that is to look empty. The word default stands for what tells too much of the host in"
                                + " /proc and /sys, and makes the rest of what rules it there read-only; it counts with"
                                + " any jail-preset but none, unless mask = none. Needs fs in clone."),
                list(
                        "credentials",
                        "[NAME:]SOURCE: a copy of that file of the host, which only root need be able to read, in the"
                                + " directory that CREDENTIALS_DIRECTORY names, in memory that is not written to swap"
                                + " where the kernel can do without, read-only, mode 0400 and the program's user's; all"
                                + " of them have room for 1M. NAME is by default that of the file. Turns private-run on."
                                + " Needs fs in clone."));
    }

    private static String preset() {
        return "A whole jail by one word; its namespaces come in addition to those of clone, and each of its switches can be"
                + " set otherwise by the key of its own. compat: fs, ipc, uts and pid namespaces, no new privileges, mask ="
                + " default. standard: a cgroup namespace, read-only, private-tmp, private-run, private-dev, few"
                + " capabilities as well; unmodified daemons run, given bind for what they write. strict: user and net"
                + " namespaces, hide-proc, seccomp and Landlock as well.";
    }

    private static Option flag(String key, String meaning) {
        return Option.once(key, Form.FLAG, "", meaning).in(Group.JAIL);
    }

    private static Option list(String key, String meaning) {
        return Option.list(key, Form.TEXT, meaning).in(Group.JAIL);
    }
}
