package org.emperor.lang;

import java.util.Comparator;
import java.util.List;

/**
 * Sorts problems as their author goes through them: file by file, then by line and column.
 *
 * @param files the first file and then the others as they were met; what is in none of them, such as a setting of the daemon
 *     that counts for all files, comes before
 */
public record FileOrder(List<String> files) implements Comparator<Problem> {
    @Override
    public int compare(Problem one, Problem other) {
        int order = Integer.compare(place(one), place(other));
        order = order != 0
                ? order
                : Integer.compare(one.position().line(), other.position().line());
        return order != 0
                ? order
                : Integer.compare(one.position().column(), other.position().column());
    }

    private int place(Problem problem) {
        return files.indexOf(problem.position().file());
    }
}
