package org.emperor.lang;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a file and those it includes; told once, wherever it is met again. */
final class Problems {
    /** More than anybody reads; a file of garbage has one for each of its lines. */
    private static final int MOST = 1_000;

    private final Set<Problem> problems = new LinkedHashSet<>();

    void add(Problem problem) {
        if (problems.size() < MOST) {
            problems.add(problem);
        }
    }

    /** What is wrong with one line does not hide what is wrong with others; but a bound ends it all, and is thrown on. */
    void add(Refusal refusal) {
        if (refusal.isLast()) {
            throw refusal;
        }
        addAll(refusal.problems());
    }

    /** Of the bound that ended it. */
    void addLast(Refusal end) {
        addAll(end.problems());
    }

    void addAll(List<Problem> more) {
        for (Problem problem : more) {
            add(problem);
        }
    }

    /** By file, first the top one and then the others as they were met; then by line and column. */
    List<Problem> inOrder(String top, List<String> others) {
        if (problems.isEmpty()) {
            return List.of();
        }
        List<String> order = new ArrayList<>();
        order.add(top);
        order.addAll(others);
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(new FileOrder(order));
        return sorted;
    }
}
