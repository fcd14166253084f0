package org.emperor.linux.plan;

/** What the emperor has done on the host around one incarnation, each as one process of its own with a time limit. */
public enum Errand {
    /** Before the launch, which waits for its end. */
    BEFORE("before", HookPhase.BEFORE_LAUNCH, "vassals-start-hook", "before the launch"),

    /** From when jail-init has its plan; waited for only when the incarnation has ended. */
    BESIDE("beside", HookPhase.AS_EMPEROR, "as-emperor", "beside init, once jail-init has its plan"),

    /** After the end of the incarnation, when nothing of its jail is left; the next launch waits for it. */
    AFTER("after", HookPhase.AFTER_END, "vassals-stop-hook", "after the end, when nothing of the jail is left");

    private final String word;
    private final HookPhase phase;
    private final String hook;
    private final String when;

    Errand(String word, HookPhase phase, String hook, String when) {
        this.word = word;
        this.phase = phase;
        this.hook = hook;
        this.when = when;
    }

    /** The last part of the name of its process, leaf and FIFO. */
    public String word() {
        return word;
    }

    /** What the operator wrote to have it. */
    public String hook() {
        return hook;
    }

    /** For people who read plans. */
    String when() {
        return when;
    }

    HookPhase phase() {
        return phase;
    }
}
