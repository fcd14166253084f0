package org.emperor.linux.plan;

import org.emperor.spec.Identity;

/** What processes do that are about to execute a program, of a vassal or of a visit. */
final class ProgramCalls {
    static final int PR_SET_KEEPCAPS = 8;
    static final int PR_SET_CHILD_SUBREAPER = 36;
    static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_RAISE = 2;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;
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

    /** Sets what prctl(2) has as a yes or no of its own. */
    void set(String object, int option, String name) {
        Argument zero = Argument.number(0);
        steps.call(object, Call.PRCTL, Argument.constant(option, name), Argument.number(1), zero, zero, zero);
    }

    /** Every capability that is in none of these bits; needs CAP_SETPCAP, which a change of user may end. */
    void boundCapabilities(long kept, int last) {
        for (int number = 0; number <= last; number++) {
            if ((kept >>> number & 1) == 0) {
                steps.call(
                        "drop " + Capability.constant(number) + " from the bounding set",
                        Call.PRCTL,
                        Argument.constant(PR_CAPBSET_DROP, "PR_CAPBSET_DROP"),
                        Argument.constant(number, Capability.constant(number)));
            }
        }
    }

    /**
     * Groups before gid before uid: each call needs the right that the next one gives up.
     *
     * @param groups whether they can be set; otherwise they are inherited
     */
    void become(Identity identity, boolean groups) {
        if (groups) {
            int[] ids = identity.groups().stream().mapToInt(Integer::intValue).toArray();
            String list = identity.groups().toString();
            steps.call("set groups " + list, Call.SETGROUPS, Argument.number(ids.length), Argument.words(list, ids));
        }
        Argument gid = Argument.number(identity.gid());
        steps.call("become group " + identity.gid(), Call.SETRESGID, gid, gid, gid);
        Argument uid = Argument.number(identity.uid());
        steps.call("become user " + identity.user(), Call.SETRESUID, uid, uid, uid);
    }

    void clearAmbientCapabilities() {
        steps.call(
                "clear ambient capabilities",
                Call.PRCTL,
                Argument.constant(PR_CAP_AMBIENT, "PR_CAP_AMBIENT"),
                Argument.constant(PR_CAP_AMBIENT_CLEAR_ALL, "PR_CAP_AMBIENT_CLEAR_ALL"));
    }

    /** Or the exec of a program that is not root's would end it (capabilities(7)). */
    void raiseAmbientCapability(int number) {
        steps.call(
                "hold " + Capability.constant(number) + " over the exec",
                Call.PRCTL,
                Argument.constant(PR_CAP_AMBIENT, "PR_CAP_AMBIENT"),
                Argument.constant(PR_CAP_AMBIENT_RAISE, "PR_CAP_AMBIENT_RAISE"),
                Argument.constant(number, Capability.constant(number)));
    }

    /** Effective and permitted ones, and those that an exec may pass on. */
    void holdCapabilities(String object, long set, long inheritable) {
        int low = (int) set;
        int high = (int) (set >>> 32);
        String inherited = inheritable == 0 ? "0" : String.format("%#x", inheritable);
        String text = String.format("{effective=%#x, permitted=%#x, inheritable=%s}", set, set, inherited);
        steps.call(
                object,
                Call.CAPSET,
                Argument.words("{_LINUX_CAPABILITY_VERSION_3, 0}", CAPABILITY_VERSION_3, 0),
                Argument.words(text, low, low, (int) inheritable, high, high, (int) (inheritable >>> 32)));
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
