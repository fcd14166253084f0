package org.emperor.freebsd.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;

/** Keys of uWSGI that are known and not done yet: a file that has one is refused by that reason, and not for a wrong name. */
final class LaterOptions {
    private static final List<String> WITH_MOUNTS =
            List.of("asap", "pre-jail", "post-jail", "in-jail", "as-root", "as-vassal", "as-emperor");
    private static final List<String> WITHOUT_MOUNTS = List.of("as-user", "as-user-atexit");

    private LaterOptions() {}

    /** Hooks of every phase and kind, and what goes with them. */
    static List<Option> hooks() {
        List<Option> later = new ArrayList<>();
        for (String phase : WITH_MOUNTS) {
            hook(later, "hook-" + phase, "Actions in the phase " + phase + ".");
            hook(later, "mount-" + phase, "Mounts in the phase " + phase + ", as the action mount:.");
            hook(later, "umount-" + phase, "Unmounts in the phase " + phase + ", as the action umount:.");
            hook(later, "exec-" + phase, "Commands in the phase " + phase + ", as the action exec:.");
        }
        for (String phase : WITHOUT_MOUNTS) {
            hook(later, "hook-" + phase, "Actions in the phase " + phase + ".");
            hook(later, "exec-" + phase, "Commands in the phase " + phase + ", as the action exec:.");
        }
        waiting(later);
        files(later);
        later.replaceAll(Option::later);
        return later;
    }

    private static void hook(List<Option> hooks, String key, String meaning) {
        hooks.add(Option.list(key, Form.TEXT, meaning).in(Group.HOOKS));
    }

    private static void waiting(List<Option> later) {
        Option network = Option.list("wait-for-interface", Form.TEXT, "A network interface to wait for.")
                .in(Group.WAITING);
        later.add(network);
        later.add(network.alsoAs("wait-for-iface"));
        later.add(network.alsoAs("wait-interface"));
        later.add(network.alsoAs("wait-iface"));
        Option patience = timeout("wait-for-interface-timeout");
        later.add(patience);
        later.add(patience.alsoAs("wait-for-iface-timeout"));
        later.add(patience.alsoAs("wait-interface-timeout"));
        later.add(patience.alsoAs("wait-iface-timeout"));
        later.add(Option.list("wait-for-fs", Form.PATH, "A path to wait for.").in(Group.WAITING));
        later.add(Option.list("wait-for-file", Form.PATH, "A file to wait for.").in(Group.WAITING));
        later.add(Option.list("wait-for-dir", Form.PATH, "A directory to wait for.")
                .in(Group.WAITING));
        later.add(timeout("wait-for-fs-timeout"));
        later.add(Option.list("wait-for-mountpoint", Form.PATH, "A mount point to wait for.")
                .in(Group.WAITING));
        later.add(Option.list("wait-for-socket", Form.TEXT, "A socket to wait for, until it can be connected to.")
                .in(Group.WAITING));
        later.add(timeout("wait-for-socket-timeout"));
    }

    private static Option timeout(String key) {
        return Option.once(key, Form.DURATION, "60s", "How long to wait.").in(Group.WAITING);
    }

    private static void files(List<Option> later) {
        later.add(Option.list("file-write", Form.ASSIGNMENT, "A file and the text it is to hold, as file=text.")
                .in(Group.FILES));
        for (String key : List.of("pidfile", "pidfile2", "safe-pidfile", "safe-pidfile2")) {
            later.add(Option.once(key, Form.PATH, "", "A file that receives the program's process id.")
                    .in(Group.FILES));
        }
        later.add(Option.list("binsh", Form.PATH, "The shell of exec hooks; the first that can be run.")
                .in(Group.HOOKS));
    }
}
