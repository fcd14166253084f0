package org.emperor.linux.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.emperor.jail.Arg;
import org.emperor.jail.Section;
import org.emperor.jail.Step;

/** The steps of one plan while it is written: init up to the fork, then main; without a fork all are init's. */
final class StepList {
    static final int ENOENT = 2;
    static final int EACCES = 13;
    static final int ENOTDIR = 20;

    private final Arch arch;
    private final List<Step> init = new ArrayList<>();
    private final List<Step> main = new ArrayList<>();
    private boolean forked;

    StepList(Arch arch) {
        this.arch = arch;
    }

    List<Step> init() {
        return init;
    }

    List<Step> main() {
        return main;
    }

    /** Adds a call that must succeed; its number is what {@link Argument#result} wants. */
    int call(String object, Call call, Argument... arguments) {
        return add(object, call, Set.of(), List.of(), arguments);
    }

    /** Adds a call that may fail with these errnos, with any if none is named. */
    int attempt(String object, List<Integer> tolerated, Call call, Argument... arguments) {
        return add(object, call, Set.of(Step.Flag.MAY_FAIL), tolerated, arguments);
    }

    /** Adds a call that may fail with these errnos, and must succeed if none is named. */
    int step(String object, List<Integer> tolerated, Call call, Argument... arguments) {
        return tolerated.isEmpty() ? call(object, call, arguments) : attempt(object, tolerated, call, arguments);
    }

    void exec(String object, boolean last, Argument... arguments) {
        Set<Step.Flag> flags = last ? Set.of(Step.Flag.EXEC) : Set.of(Step.Flag.EXEC, Step.Flag.MAY_FAIL);
        add(object, Call.EXECVE, flags, last ? List.of() : List.of(ENOENT, EACCES, ENOTDIR), arguments);
    }

    void forkAndStay() {
        init.add(new Step(
                Section.INIT,
                Step.Kind.FORK_STAY,
                "clone3({flags=CLONE_VM|CLONE_VFORK|CLONE_PIDFD}) = main; jail-init stays",
                "make the main process",
                0,
                List.of(),
                Set.of(),
                List.of()));
        forked = true;
    }

    private int add(String object, Call call, Set<Step.Flag> flags, List<Integer> tolerated, Argument... arguments) {
        List<Arg> args = new ArrayList<>(arguments.length);
        StringJoiner text = new StringJoiner(", ", call + "(", ")");
        for (Argument argument :
                arguments) { // no streams here: the first plans are made before the JIT knows this code
            args.add(argument.arg());
            text.add(argument.text());
        }
        Step step = new Step(
                forked ? Section.MAIN : Section.INIT,
                Step.Kind.CALL,
                flags.contains(Step.Flag.MAY_FAIL) ? text + "  (may fail)" : text.toString(),
                object,
                call.number(arch),
                args,
                flags,
                tolerated);
        (forked ? main : init).add(step);
        return init.size() + main.size() - 1;
    }
}
