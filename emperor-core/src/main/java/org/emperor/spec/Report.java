package org.emperor.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emperor.lang.FileOrder;
import org.emperor.lang.Position;
import org.emperor.lang.Problem;
import org.emperor.lang.Question;
import org.emperor.lang.Setting;

/** Collects what is wrong with one vassal file and those it is made of. */
final class Report {
    /** As many as a person reads; a file of garbage has one for each of its lines. */
    static final int MOST = 100;

    private final String file;
    private final List<String> others = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Question, List<String>> answers = new LinkedHashMap<>();
    private int untold;

    Report(String file) {
        this.file = file;
    }

    /** Another file that was read for this one, or should have been. */
    void read(String other) {
        others.add(other);
    }

    /** Every other file that was read for this one, or should have been, in order. */
    List<String> others() {
        return others;
    }

    /** What it asked about paths. */
    void asked(Map<Question, List<String>> all) {
        answers.putAll(all);
    }

    void asked(Question question, List<String> answer) {
        answers.put(question, answer);
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

    /** First those of the vassal file, then those of the others as they were read. */
    List<Problem> inFileOrder() {
        List<String> order = new ArrayList<>();
        order.add(file);
        order.addAll(others);
        List<Problem> told = new ArrayList<>(problems);
        told.sort(new FileOrder(order));
        if (untold > 0) {
            told.add(new Problem(Position.of(file), "", "and " + untold + " more problems", "correct these first"));
        }
        return told;
    }

    SpecResult.Accepted accepted(VassalSpec spec) {
        return new SpecResult.Accepted(List.of(spec), others, answers);
    }

    SpecResult.Refused refused() {
        return new SpecResult.Refused(inFileOrder(), others, answers);
    }
}
