package org.emperor.jail;

import java.util.List;
import java.util.Set;

/**
 * One step inside the jail: a raw system call, or one of the few things that no single call can do.
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

    /** {@code plan.h} has the same numbers and says what the arguments are. */
    public enum Kind {
        CALL(1),
        /** Make the main program's process, which runs the rest of the plan, and stay as its init. */
        FORK_STAY(2),
        /** The next steps are a child's, which ends in an exec; wait for its end. */
        CHILD(3),
        /** Try the next steps again until all succeed. */
        UNTIL(4),
        /** A word that an earlier call wrote must be as it says. */
        EXPECT(5),
        /** The result is a word that an earlier call wrote. */
        LOAD(6),
        /** Write a number in decimal where a later call finds it. */
        DECIMAL(7),
        /** Make the process that goes on as the jail's init, and stay for it alone. */
        REFORK(8),
        /** Make a process that waits for the program's end and then runs the rest of the plan. */
        STAND_BY(9),
        /** Wait for the program's end; times count from here. */
        AWAIT_END(10),
        /** Where one of the next steps fails, tell it in the jail's output and go on after them. */
        TRY(11),
        /** The next steps count only if an earlier one has succeeded. */
        IF(12);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
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
