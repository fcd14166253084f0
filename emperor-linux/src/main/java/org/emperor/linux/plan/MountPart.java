package org.emperor.linux.plan;

/** Mounts and unmounts as steps. */
final class MountPart {
    private static final long MNT_FORCE = 1;
    private static final long MNT_DETACH = 2;

    private final StepList steps;

    MountPart(StepList steps) {
        this.steps = steps;
    }

    /** {@code mount:} or {@code umount:}. */
    void run(HookAction action) {
        if (action instanceof HookAction.Mount mount) {
            String what = mount.source().isEmpty() ? mount.type() : mount.source();
            mount(
                    "mount " + what + " on " + mount.target(),
                    mount.source(),
                    mount.target(),
                    mount.type(),
                    mount.flags(),
                    mount.data());
        } else if (action instanceof HookAction.Unmount unmount) {
            unmount(unmount);
        }
    }

    void mount(String object, String source, String target, String type, long flags, String data) {
        steps.call(object, Call.MOUNT, arguments(source, target, type, flags, data));
    }

    static Argument[] arguments(String source, String target, String type, long flags, String data) {
        return new Argument[] {
            Argument.pathOrNone(source),
            Argument.path(target),
            Argument.pathOrNone(type),
            Argument.constant(flags, MountFlag.text(flags)),
            Argument.pathOrNone(data)
        };
    }

    private void unmount(HookAction.Unmount unmount) {
        long flags = (unmount.force() ? MNT_FORCE : 0) | (unmount.detach() ? MNT_DETACH : 0);
        String text = (unmount.force() ? "MNT_FORCE|" : "") + (unmount.detach() ? "MNT_DETACH|" : "");
        steps.call(
                "unmount " + unmount.target(),
                Call.UMOUNT2,
                Argument.path(unmount.target()),
                Argument.constant(flags, text.isEmpty() ? "0" : text.substring(0, text.length() - 1)));
    }
}
