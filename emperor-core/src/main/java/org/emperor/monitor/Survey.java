package org.emperor.monitor;

import java.util.List;

/**
 * What the vassal reader tells the loop after looking at its sources.
 *
 * @param changes in the order in which they are to be applied: what vanished comes first
 * @param troubles all that is wrong with the sources now, a sentence each; replaces what an earlier survey told
 * @param whole whether everything there is has been looked at; while there are many files to read, some are told first
 */
public record Survey(List<Change> changes, List<String> troubles, boolean whole) {
    public Survey {
        changes = List.copyOf(changes);
        troubles = List.copyOf(troubles);
    }
}
