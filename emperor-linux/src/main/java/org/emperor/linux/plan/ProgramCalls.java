package org.emperor.linux.plan;

/** What every process does that is about to execute a program. */
final class ProgramCalls {
    private static final int PR_SET_PDEATHSIG = 1;
    private static final int SIGKILL = 9;
    private static final int SIG_SETMASK = 2;

    private final StepList steps;

    ProgramCalls(StepList steps) {
        this.steps = steps;
    }

    /** A change of credentials would clear it (prctl(2)). */
    void dieWithParent() {
        steps.call(
                "die with the parent",
                Call.PRCTL,
                Argument.constant(PR_SET_PDEATHSIG, "PR_SET_PDEATHSIG"),
                Argument.constant(SIGKILL, "SIGKILL"));
    }

    void unblockSignals() {
        steps.call(
                "unblock all signals",
                Call.RT_SIGPROCMASK,
                Argument.constant(SIG_SETMASK, "SIG_SETMASK"),
                Argument.longs("[]", 0),
                Argument.none(),
                Argument.number(8));
    }
}
