package org.emperor.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Setting;

/** Collects what is wrong with one file. */
final class Report {
    /** As many as a person reads; a file of garbage has one for each of its lines. */
    static final int MOST = 100;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private int untold;

    Report(String file) {
        this.file = file;
    }

    void add(Problem problem) {
        if (problems.size() < MOST) {
            problems.add(problem);
        } else {
            untold++;
        }
    }

    /** A problem of the setting as a whole, told by its line. */
    void add(Setting setting, String rule, String remedy) {
        Position value = setting.position();
        add(new Problem(new Position(value.file(), value.line(), 0), setting.key(), rule, remedy));
    }

    /** A problem of the setting's value. */
    void add(Setting setting, Parsed.Unfit<?> unfit) {
        add(new Problem(setting.positionAt(unfit.index()), setting.key(), unfit.rule(), unfit.remedy()));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<Problem> inFileOrder() {
        List<Problem> told = new ArrayList<>(problems);
        told.sort(Comparator.<Problem>comparingInt(problem -> problem.position().line())
                .thenComparingInt(problem -> problem.position().column()));
        if (untold > 0) {
            told.add(new Problem(Position.of(file), "", "and " + untold + " more problems", "correct these first"));
        }
        return told;
    }
}
