package org.emperor.linux.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.emperor.jail.Arg;
import org.emperor.jail.Section;
import org.emperor.jail.Step;

/** The steps of one plan while it is written: init up to the fork, then main, then atexit; without a fork all are init's. */
final class StepList {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EBADF = 9;
    static final int EACCES = 13;
    static final int ENOTDIR = 20;
    static final int ETIMEDOUT = 110;

    private static final int LONGEST_TOLD = 1024; // PLAN_LONGEST_TEXT of plan.h
    private static final String SHARING = "clone3({flags=CLONE_VM|CLONE_VFORK|CLONE_PIDFD}) = ";

    private final Arch arch;
    private final List<Step> init = new ArrayList<>();
    private final List<Step> main = new ArrayList<>();
    private final List<Step> atexit = new ArrayList<>();
    private final Deque<List<Step>> blocks = new ArrayDeque<>(); // the innermost first
    private Section section = Section.INIT;

    StepList(Arch arch) {
        this.arch = arch;
    }

    Arch arch() {
        return arch;
    }

    List<Step> init() {
        return init;
    }

    List<Step> main() {
        return main;
    }

    List<Step> atexit() {
        return atexit;
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

    /** Adds the end of a plan that executes no program of its own. */
    void end() {
        add("end well", Call.EXIT_GROUP, Set.of(Step.Flag.EXEC), List.of(), Argument.number(0));
    }

    void forkAndStay() {
        add(Step.Kind.FORK_STAY, SHARING + "main; jail-init stays", "make the main process");
        section = Section.MAIN;
    }

    /**
     * Adds the fork whose child waits for the program's end, as its sibling, and then runs the steps of atexit.
     *
     * @param within how long it may take from then on, in milliseconds
     */
    void standBy(long within) {
        told(
                Step.Kind.STAND_BY,
                "clone(CLONE_PARENT|SIGCHLD) = atexit, in a session of its own; at the program's end it has " + within
                        + " ms",
                "make the process that waits for the program's end",
                "run what is to follow",
                within);
    }

    /** What is added from here on is for the process that stands by. */
    void afterProgram() {
        section = Section.ATEXIT;
        add(Step.Kind.AWAIT_END, "wait for the end of main", "wait for the program's end");
    }

    /** Adds steps whose failure is told in the vassal's output and changes nothing else. */
    void tried(Runnable body) {
        List<Step> steps = written(body);
        if (!steps.isEmpty()) {
            String object = steps.get(0).object();
            told(Step.Kind.TRY, "in any case; what fails of it is told:", object, object, steps.size());
            current().addAll(steps);
        }
    }

    /** Where steps of it fail, jail-init says in the vassal's output what could not be done, and why. */
    private void told(Step.Kind kind, String text, String object, String what, long number) {
        byte[] told = ("emperor: cannot " + what + " after the program's end").getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(told, Math.min(LONGEST_TOLD, told.length));
        add(kind, text, object, Arg.of(number), new Arg.Bytes(cut), Arg.of(cut.length));
    }

    /** Adds the fork whose child goes on as the jail's init. */
    void refork() {
        add(
                Step.Kind.REFORK,
                "clone(CLONE_PIDFD|SIGCHLD) = init, which goes on; the parent stays",
                "make the init process");
    }

    /**
     * Adds a child for the steps that the body adds, of which the last is an exec.
     *
     * @param mayFail whether the plan goes on however the child ends; it must end in any case
     * @param by when it must have ended, in milliseconds from the beginning of the plan
     */
    void child(String object, boolean mayFail, long by, Runnable body) {
        List<Step> steps = written(body);
        String end = mayFail ? ", ...)" : ", {si_status=0})";
        add(
                Step.Kind.CHILD,
                SHARING + "child; waitid(P_PIDFD, child" + end + " within " + by + " ms",
                object,
                mayFail ? Set.of(Step.Flag.MAY_FAIL) : Set.of(),
                Arg.of(steps.size()),
                Arg.of(by),
                Arg.of(ETIMEDOUT));
        current().addAll(steps);
    }

    /** Adds steps that are tried again until all succeed. */
    void until(String object, Patience patience, Runnable body) {
        List<Step> steps = written(body);
        add(
                Step.Kind.UNTIL,
                "every " + patience.pause() + " ms, within " + patience.within() + " ms, until all succeed:",
                object,
                Arg.of(steps.size()),
                Arg.of(patience.pause()),
                Arg.of(patience.within()),
                Arg.of(patience.by()),
                Arg.of(ETIMEDOUT));
        current().addAll(steps);
    }

    /**
     * How often and how long to try, in milliseconds.
     *
     * @param within from the first try
     * @param by from the beginning of the plan
     */
    record Patience(long pause, long within, long by) {}

    /** Adds steps that count only if an earlier one has succeeded; if not, each of them has failed with EBADF. */
    void onlyIf(Held held, Runnable body) {
        List<Step> steps = written(body);
        add(
                Step.Kind.IF,
                "if " + held.argument().text() + ":",
                "see whether there is " + held.name(),
                Arg.of(steps.size()),
                held.argument().arg(),
                Arg.of(EBADF));
        current().addAll(steps);
    }

    /** Adds that a word written by an earlier call has these bits of the mask; another is that errno. */
    void expect(String object, Argument word, long mask, long wanted, int errno) {
        String text = "expect " + word.text() + " & 0x" + Long.toHexString(mask) + " == 0x" + Long.toHexString(wanted);
        add(Step.Kind.EXPECT, text, object, word.arg(), Arg.of(mask), Arg.of(wanted), Arg.of(errno));
    }

    /** Adds a step whose result is a word written by an earlier call, by a mask and with further bits. */
    int load(String object, Argument word, long mask, long bits) {
        String text = word.text() + " & 0" + Long.toOctalString(mask) + " | 0" + Long.toOctalString(bits) + " = mode";
        return add(Step.Kind.LOAD, text, object, word.arg(), Arg.of(mask), Arg.of(bits));
    }

    /** Adds a step that writes a number and a newline where a later call finds them; its result is their length. */
    int decimal(String object, Argument room, Argument number) {
        String text = "sprintf(" + room.text() + ", \"%d\\n\", " + number.text() + ")";
        return add(Step.Kind.DECIMAL, text, object, room.arg(), number.arg());
    }

    /** The steps of a block; their numbers follow that of the step they belong to. */
    private List<Step> written(Runnable body) {
        List<Step> steps = new ArrayList<>();
        blocks.push(steps);
        body.run();
        blocks.pop();
        return steps;
    }

    private List<Step> current() {
        List<Step> block = blocks.peek();
        return block != null ? block : ofSection();
    }

    private List<Step> ofSection() {
        return switch (section) {
            case INIT -> init;
            case MAIN -> main;
            case ATEXIT -> atexit;
        };
    }

    private int add(String object, Call call, Set<Step.Flag> flags, List<Integer> tolerated, Argument... arguments) {
        List<Arg> args = new ArrayList<>(arguments.length);
        StringJoiner text = new StringJoiner(", ", call + "(", ")");
        for (Argument argument :
                arguments) { // no streams here: the first plans are made before the JIT knows this code
            args.add(argument.arg());
            text.add(argument.text());
        }
        String whole = flags.contains(Step.Flag.MAY_FAIL) ? text + "  (may fail)" : text.toString();
        return add(Step.Kind.CALL, whole, object, call.number(arch), args, flags, tolerated);
    }

    private int add(Step.Kind kind, String text, String object, Arg... args) {
        return add(kind, text, object, Set.of(), args);
    }

    private int add(Step.Kind kind, String text, String object, Set<Step.Flag> flags, Arg... args) {
        return add(kind, text, object, 0, List.of(args), flags, List.of());
    }

    private int add(
            Step.Kind kind,
            String text,
            String object,
            long call,
            List<Arg> args,
            Set<Step.Flag> flags,
            List<Integer> tolerated) {
        Step step = new Step(section, kind, "  ".repeat(blocks.size()) + text, object, call, args, flags, tolerated);
        current().add(step);
        int number = init.size() + main.size() + atexit.size() - 1;
        for (List<Step> block : blocks) {
            number += block.size() + 1; // each of them follows a step that is added when it is whole
        }
        return number;
    }
}
