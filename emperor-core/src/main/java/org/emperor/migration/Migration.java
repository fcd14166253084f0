package org.emperor.migration;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.emperor.lang.Problem;

/**
 * What became of a file.
 *
 * @param vassals the vassal files that can stand for it, each accepted by the reader of vassal files as far as its form goes
 * @param losses what they do not say, or say otherwise, in the order of the lines
 * @param problems why there are not more of them: what is wrong with the file, or can be no vassal
 */
public record Migration(List<VassalText> vassals, List<Problem> losses, List<Problem> problems) {

    /**
     * A vassal file to be written.
     *
     * @param name of the vassal; the file is called so, with the ending {@code .ini}
     */
    public record VassalText(String name, String text) {}

    public Migration {
        vassals = List.copyOf(vassals);
        losses = List.copyOf(losses);
        problems = List.copyOf(problems);
    }

    static Migration of(List<Draft> drafts, List<Problem> general, List<Problem> problems) {
        List<VassalText> vassals = new ArrayList<>();
        Set<Problem> losses = new LinkedHashSet<>(general);
        for (Draft draft : drafts) {
            vassals.add(new VassalText(draft.name(), draft.text()));
            losses.addAll(draft.losses());
        }
        return new Migration(vassals, Losses.inOrder(losses), problems);
    }
}
