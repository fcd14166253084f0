package org.emperor.linux.plan;

import java.util.List;

/** A new file system in the making: its parameters, then the mount of it, which nobody can reach until it is attached. */
final class FreshMount {
    private static final long FSOPEN_CLOEXEC = 1;
    private static final long FSMOUNT_CLOEXEC = 1;
    private static final long FSCONFIG_SET_FLAG = 0;
    private static final long FSCONFIG_SET_STRING = 1;
    private static final long FSCONFIG_CMD_CREATE = 6;

    private final StepList steps;
    private final Held context;

    FreshMount(StepList steps, String type) {
        this.steps = steps;
        int step = steps.call(
                "open a new " + type,
                Call.FSOPEN,
                Argument.path(type),
                Argument.constant(FSOPEN_CLOEXEC, "FSOPEN_CLOEXEC"));
        this.context = new Held(step, "new " + type);
    }

    FreshMount with(String parameter, String value) {
        steps.call(
                "set " + parameter + "=" + value + " of a " + context.name(),
                Call.FSCONFIG,
                context.argument(),
                Argument.constant(FSCONFIG_SET_STRING, "FSCONFIG_SET_STRING"),
                Argument.path(parameter),
                Argument.path(value),
                Argument.number(0));
        return this;
    }

    /** Of whom it is, if not root's. */
    FreshMount ownedBy(int uid, int gid) {
        return uid == 0 && gid == 0 ? this : with("uid", Integer.toString(uid)).with("gid", Integer.toString(gid));
    }

    /** With a parameter that has no value, if this kernel knows it and allows it here. */
    FreshMount withIfKnown(String flag) {
        steps.attempt(
                "set " + flag + " of a " + context.name(),
                List.of(),
                Call.FSCONFIG,
                context.argument(),
                Argument.constant(FSCONFIG_SET_FLAG, "FSCONFIG_SET_FLAG"),
                Argument.path(flag),
                Argument.none(),
                Argument.number(0));
        return this;
    }

    Held mount(MountAttribute... attributes) {
        return mount(List.of(), attributes);
    }

    Held mount(List<Integer> tolerated, MountAttribute... attributes) {
        steps.call(
                "make a " + context.name(),
                Call.FSCONFIG,
                context.argument(),
                Argument.constant(FSCONFIG_CMD_CREATE, "FSCONFIG_CMD_CREATE"),
                Argument.none(),
                Argument.none(),
                Argument.number(0));
        int step = steps.step(
                "mount a " + context.name(),
                tolerated,
                Call.FSMOUNT,
                context.argument(),
                Argument.constant(FSMOUNT_CLOEXEC, "FSMOUNT_CLOEXEC"),
                Argument.constant(MountAttribute.value(attributes), MountAttribute.text(attributes)));
        return new Held(step, context.name());
    }
}
