package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;

/** The keys of hooks and what is done with them before the program starts. */
final class HookOptions {
    private HookOptions() {}

    static List<Option> all() {
        List<Option> all = new ArrayList<>();
        for (HookPhase phase : HookPhase.values()) {
            if (phase.hasKeys()) {
                phase(all, phase);
            }
        }
        all.addAll(ErrandOptions.all());
        waits(all);
        files(all);
        all.add(Option.list(
                        "binsh",
                        Form.PATH,
                        "The shell that runs the commands of hooks: the first that can be executed, at last /bin/sh.")
                .in(Group.HOOKS));
        return all;
    }

    private static void phase(List<Option> all, HookPhase phase) {
        hook(all, "hook-" + phase.word(), "An action " + phase.when() + ".");
        if (phase.hasMounts()) {
            hook(all, "mount-" + phase.word(), "A mount after the actions of hook-" + phase.word() + ", as mount:.");
            hook(all, "umount-" + phase.word(), "An unmount after those of mount-" + phase.word() + ", as umount:.");
        }
        hook(all, "exec-" + phase.word(), "A command after all else of the phase " + phase.word() + ", as exec:.");
    }

    private static void hook(List<Option> all, String key, String meaning) {
        all.add(Option.list(key, Form.TEXT, meaning).in(Group.HOOKS));
    }

    private static void waits(List<Option> all) {
        Option network = Option.list(
                        "wait-for-interface", Form.TEXT, "A network interface to wait for, before the hooks as-root.")
                .in(Group.WAITING);
        all.add(network);
        all.add(network.alsoAs("wait-for-iface"));
        all.add(network.alsoAs("wait-interface"));
        all.add(network.alsoAs("wait-iface"));
        Option patience = timeout("wait-for-interface-timeout", "How long to wait for interfaces");
        all.add(patience);
        all.add(patience.alsoAs("wait-for-iface-timeout"));
        all.add(patience.alsoAs("wait-interface-timeout"));
        all.add(patience.alsoAs("wait-iface-timeout"));
        path(all, "wait-for-fs", "A path to wait for, before the hooks as-root and after the interfaces.");
        path(all, "wait-for-file", "A regular file to wait for, after the paths of wait-for-fs.");
        path(all, "wait-for-dir", "A directory to wait for, after the files.");
        path(all, "wait-for-mountpoint", "A path to wait for until something is mounted there, after the directories.");
        all.add(timeout("wait-for-fs-timeout", "How long to wait for paths"));
        all.add(Option.list(
                        "wait-for-socket",
                        Form.TEXT,
                        "The address of a socket to wait for until it takes connections, after the hooks as-user: /PATH,"
                                + " @NAME, A.B.C.D:PORT or :PORT.")
                .in(Group.WAITING));
        all.add(timeout("wait-for-socket-timeout", "How long to wait for sockets"));
    }

    private static void path(List<Option> all, String key, String meaning) {
        all.add(Option.list(key, Form.PATH, meaning).in(Group.WAITING));
    }

    private static Option timeout(String key, String meaning) {
        return Option.once(key, Form.DURATION, "60s", meaning + ", each; in any case not beyond start-timeout.")
                .in(Group.WAITING);
    }

    private static void files(List<Option> all) {
        all.add(Option.list(
                        "file-write",
                        Form.TEXT,
                        "FILE=TEXT: writes the text and a newline to the file, after the hooks in-jail. A symbolic link in its"
                                + " place is refused.")
                .in(Group.FILES));
        all.add(file("pidfile", "before its identity is taken"));
        all.add(file("pidfile2", "after the hooks as-user"));
        all.add(file("safe-pidfile", "after the hooks as-user"));
        all.add(file("safe-pidfile2", "after the hooks as-user"));
    }

    private static Option file(String key, String when) {
        String meaning = "A file of the jail that receives the program's process id, as the jail counts, " + when
                + ". A symbolic link in its place is refused.";
        return Option.once(key, Form.PATH, "", meaning).in(Group.FILES);
    }
}
