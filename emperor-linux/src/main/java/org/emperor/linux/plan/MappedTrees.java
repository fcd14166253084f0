package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import org.emperor.jail.HostStep;

/**
 * Mounts in a jail with a user namespace whose files belong inside to whom they belong on disk. Only the emperor has the
 * right to make them, so it does while jail-init waits with its maps; the jail attaches what it gets.
 */
final class MappedTrees {
    private static final int AT_FDCWD = -100;
    private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;

    private final List<HostStep> attach = new ArrayList<>();

    /** A detached clone of what lies there with all that is mounted below it; without symbolic links anywhere. */
    Held open(String source) {
        int number = attach.size();
        attach.add(HostStep.mapTree(source));
        return new Held(Argument.opened(number, "<" + source + ", ids mapped>"), source);
    }

    /** What the emperor does after it has written the maps. */
    List<HostStep> attach() {
        return attach;
    }

    /**
     * Mounts the directory with all that is mounted below it.
     *
     * @param source without symbolic links anywhere, by the emperor's view
     * @param target by the jail's view
     */
    void mount(StepList steps, String source, String target) {
        int number = attach.size();
        attach.add(HostStep.mapTree(source));
        steps.call(
                "mount " + source + " on " + target + ", ids mapped",
                Call.MOVE_MOUNT,
                Argument.opened(number, "tree"),
                Argument.path(""),
                Argument.constant(AT_FDCWD, "AT_FDCWD"),
                Argument.path(target),
                Argument.constant(MOVE_MOUNT_F_EMPTY_PATH, "MOVE_MOUNT_F_EMPTY_PATH"));
    }
}
