package org.emperor.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.emperor.lang.Problem;

/** Losses and problems are told in the order of the lines they are about. */
final class Losses {
    private Losses() {}

    static List<Problem> inOrder(Collection<Problem> losses) {
        List<Problem> sorted = new ArrayList<>(losses);
        sorted.sort(Comparator.comparingInt(loss -> loss.position().line()));
        return sorted;
    }
}
