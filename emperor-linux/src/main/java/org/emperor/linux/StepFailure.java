package org.emperor.linux;

import org.emperor.linux.sys.SyscallException;

/** A step outside the jail failed. */
final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailure(String section, int index, String object, SyscallException cause) {
        this(section, index, object, String.valueOf(cause.getMessage()));
    }

    StepFailure(String section, int index, String object, String why) {
        super("step " + section + "/" + (index + 1) + " " + object + ": " + why);
    }
}
