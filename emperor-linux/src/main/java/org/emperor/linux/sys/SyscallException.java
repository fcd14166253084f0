package org.emperor.linux.sys;

import org.emperor.linux.plan.Call;

/** A system call failed: which, on what, and why. */
public final class SyscallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    SyscallException(Call call, String subject, int errno) {
        super(call + (subject.isEmpty() ? "" : " " + subject) + ": " + Errno.text(errno));
        this.errno = errno;
    }

    public boolean is(Errno expected) {
        return errno == expected.number();
    }
}
