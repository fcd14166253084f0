package org.emperor.jail;

/**
 * One of the things that can stand between a program and its host.
 *
 * @param name what operators call it, such as {@code seccomp}
 * @param detail what exactly is in force; empty if that is all there is to say
 * @param why where it was asked for, or how it would be
 */
public record Protection(String name, State state, String detail, String why) {

    public enum State {
        ON,
        /** In force, and with a gap that the detail names. */
        PARTLY,
        OFF
    }
}
