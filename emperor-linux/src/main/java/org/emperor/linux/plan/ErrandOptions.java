package org.emperor.linux.plan;

import java.util.List;
import org.emperor.spec.Form;
import org.emperor.spec.Group;
import org.emperor.spec.Option;

/** The keys of {@link Errand}s that no phase of hooks has already. */
final class ErrandOptions {
    static final String START = "vassals-start-hook";
    static final String STOP = "vassals-stop-hook";
    static final String TIMEOUT = "hook-timeout";

    private static final String COMMAND =
            " The words of a program, with no shell, and after them the name of the vassal's file. It runs on the host, as"
                    + " the emperor; what it leaves running is ended with it.";

    private ErrandOptions() {}

    static List<Option> all() {
        return List.of(
                Option.list(START, Form.WORDS, "What is run before each launch, which waits for it." + COMMAND)
                        .in(Group.HOOKS),
                Option.list(
                                STOP,
                                Form.WORDS,
                                "What is run after each end, when nothing of the jail is left; the next launch waits for"
                                        + " it." + COMMAND)
                        .in(Group.HOOKS),
                Option.once(
                                TIMEOUT,
                                Form.DURATION,
                                "20s",
                                "How long each of vassals-start-hook, the hooks as-emperor and vassals-stop-hook may take."
                                        + " What takes longer is killed and told; the vassal goes on. vassals-start-hook counts"
                                        + " towards start-timeout too.")
                        .in(Group.HOOKS));
    }
}
