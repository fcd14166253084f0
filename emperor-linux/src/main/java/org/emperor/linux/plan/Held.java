package org.emperor.linux.plan;

/**
 * A descriptor that a step of the plan will have opened.
 *
 * @param step the number of that step
 * @param name what it is of, as {@code strace -y} writes it
 */
record Held(int step, String name) {
    Argument argument() {
        return Argument.result(step, "<" + name + ">");
    }
}
