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
            hook(all, "hook-" + phase.word(), "An action " + phase.when() + ".");
            if (phase.hasMounts()) {
                hook(
                        all,
                        "mount-" + phase.word(),
                        "A mount after the actions of hook-" + phase.word() + ", as mount:.");
                hook(
                        all,
                        "umount-" + phase.word(),
                        "An unmount after those of mount-" + phase.word() + ", as umount:.");
            }
            hook(all, "exec-" + phase.word(), "A command after all else of the phase " + phase.word() + ", as exec:.");
        }
        all.add(Option.list(
                        "binsh",
                        Form.PATH,
                        "The shell that runs the commands of hooks: the first that can be executed, at last /bin/sh.")
                .in(Group.HOOKS));
        return all;
    }

    private static void hook(List<Option> all, String key, String meaning) {
        all.add(Option.list(key, Form.TEXT, meaning).in(Group.HOOKS));
    }
}
