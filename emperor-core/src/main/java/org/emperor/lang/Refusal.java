package org.emperor.lang;

import java.util.ArrayList;
import java.util.List;

/** Ends the evaluation of one line, or of all: what stands there has no value. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;
    private final boolean last;

    private Refusal(List<Problem> problems, boolean last) {
        super("", null, false, false);
        this.problems = problems;
        this.last = last;
    }

    /** What is wrong with a line's value, from this index of it on. */
    static Refusal of(Given line, int index, String rule, String remedy) {
        return new Refusal(List.of(new Problem(line.positionAt(index), Shown.of(line.key()), rule, remedy)), false);
    }

    static Refusal ofKey(Given line, String rule, String remedy) {
        return new Refusal(List.of(new Problem(line.wholeLine(), "", rule, remedy)), false);
    }

    /** Several at once, of one value. */
    static Refusal of(List<Refusal> refusals) {
        List<Problem> problems = new ArrayList<>();
        for (Refusal refusal : refusals) {
            problems.addAll(refusal.problems);
        }
        return new Refusal(problems, false);
    }

    /** A bound is reached; whatever follows is not worth reading. */
    static Refusal last(Given line, String rule, String remedy) {
        return new Refusal(List.of(new Problem(line.wholeLine(), Shown.of(line.key()), rule, remedy)), true);
    }

    boolean isLast() {
        return last;
    }

    List<Problem> problems() {
        return problems;
    }
}
