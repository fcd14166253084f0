package org.emperor.linux.plan;

/**
 * A descriptor that a step of the plan will have opened, or that comes with it.
 *
 * @param descriptor where a step gets it from
 * @param name what it is of, as {@code strace -y} writes it
 */
record Held(Argument descriptor, String name) {
    /** What that step opens. */
    Held(int step, String name) {
        this(Argument.result(step, "<" + name + ">"), name);
    }

    /** The same by another name. */
    Held as(String other) {
        return new Held(new Argument(descriptor.arg(), "<" + other + ">"), other);
    }

    Argument argument() {
        return descriptor;
    }
}
