package org.emperor.jail;

import java.util.List;
import java.util.Set;

/**
 * One step inside the jail: a raw system call, or the fork after which jail-init stays.
 *
 * @param text the step in the notation of strace, secrets masked
 * @param object what it does to what, for a message: {@code mount proc on /proc}
 * @param call the system call's number on the plan's platform
 * @param tolerated the errnos that are no failure; meaningful with {@link Flag#MAY_FAIL}, empty for all
 */
public record Step(
        Section section,
        Kind kind,
        String text,
        String object,
        long call,
        List<Arg> args,
        Set<Flag> flags,
        List<Integer> tolerated) {

    public enum Kind {
        CALL,
        /** Make the main program's process, which runs the rest of the plan, and stay as its init. */
        FORK_STAY
    }

    public enum Flag {
        /** A failure is passed over. */
        MAY_FAIL,
        /** The program is executed here; after it nothing of the plan runs. */
        EXEC
    }

    /** @throws IllegalArgumentException if there are more than six arguments or four tolerated errnos */
    public Step {
        args = List.copyOf(args);
        flags = Set.copyOf(flags);
        tolerated = List.copyOf(tolerated);
        if (args.size() > 6 || tolerated.size() > 4) {
            throw new IllegalArgumentException("step out of shape: " + text);
        }
    }
}
