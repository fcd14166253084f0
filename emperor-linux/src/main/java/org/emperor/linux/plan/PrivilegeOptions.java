package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;

/** The keys for what a program may do beside its identity. */
final class PrivilegeOptions {
    static final String CAP = "cap";
    static final String CAP_KEEP = "cap-keep";
    static final String NO_NEW_PRIVS = "no-new-privs";
    static final String SECCOMP = "seccomp";
    static final String LANDLOCK = "landlock";

    /** What org.emperor.spec.DocumentReader adds: the profile itself. */
    static final String SECCOMP_CONTENT = SECCOMP + ":content";

    private PrivilegeOptions() {}

    static List<Option> table() {
        List<Option> table = new ArrayList<>(List.of(
                Option.once(
                        CAP,
                        Form.TEXT,
                        "",
                        "The capabilities that the program has, whoever it runs as, and that it and its children can ever"
                                + " have, beside those of cap-keep: a comma list of the names in capabilities(7), in small"
                                + " letters and with or without cap_, their numbers, default, all or none. A program that"
                                + " is not root has them as ambient ones, so that they outlast an exec; one that is root"
                                + " has those of cap-keep too."),
                Option.once(
                        CAP_KEEP,
                        Form.TEXT,
                        "",
                        "The capabilities that remain in the bounding set, a list as that of cap: root has these and no"
                                + " others, and nobody else gets others by a set-user-ID program. default are those that"
                                + " daemons need which start as root: chown, dac_override, fowner, fsetid, kill,"
                                + " net_bind_service, setfcap, setgid, setpcap, setuid, sys_chroot. Without cap and"
                                + " cap-keep all remain, or in the jail-presets standard and strict default."),
                Option.once(
                        NO_NEW_PRIVS,
                        Form.FLAG,
                        "false",
                        "Whether the program and its children can never gain privileges by an exec, as by set-user-ID bits"
                                + " and file capabilities. On in every jail-preset but none, and always with seccomp and"
                                + " landlock."),
                Option.once(
                        SECCOMP,
                        Form.DOCUMENT,
                        "none",
                        "The filter of system calls: none; default, with which calls that only administrators, debuggers"
                                + " and attackers need fail with EPERM, those that are newer than the filter fail with"
                                + " ENOSYS, and what is not of this processor's own kind kills; or the path of a profile"
                                + " in JSON as OCI runtimes and Docker have it, which is read with the vassal file. default"
                                + " lets the calls of a capability through where cap or cap-keep names it. It needs the"
                                + " library libseccomp (of Debian: libseccomp2). On in the jail-preset strict."),
                Option.list(
                        LANDLOCK,
                        Form.TEXT,
                        "A rule of Landlock, which takes away what no rule allows, whatever permissions say: ro:PATH, what"
                                + " is there or below may be read and executed; rw:PATH, all but device nodes may be made"
                                + " there too; bind:PORT and connect:PORT, the only TCP ports, or none, that may be bound or"
                                + " connected to; scope:signals and scope:abstract-sockets, only the program's own processes"
                                + " can be signalled, or reached over abstract sockets. Paths are those of the jail and must"
                                + " exist. default is ro:/, with /tmp, /var/tmp, /run, /dev, /proc and what bind and"
                                + " tmpfs mount rw, and where the kernel has them both scopes; none takes nothing away. The jail-preset strict has"
                                + " default where the file has no rule.")));
        table.replaceAll(option -> option.in(Group.PRIVILEGES));
        return table;
    }
}
