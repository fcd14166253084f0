package org.emperor.realm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What becomes of a vassal and what to do about it, in this order.
 *
 * @param defect whether the event cannot happen there: our own bug
 */
public record Decision(Vassal next, List<Effect> effects, boolean defect) {
    public Decision {
        effects = List.copyOf(effects);
    }

    static Decision stay(Vassal vassal) {
        return new Decision(vassal, List.of(), false);
    }

    Decision then(Function<Vassal, Decision> more) {
        Decision further = more.apply(next);
        List<Effect> all = new ArrayList<>(effects);
        all.addAll(further.effects);
        return new Decision(further.next, all, defect || further.defect);
    }
}
