package org.emperor.realm;

import java.util.Optional;

/**
 * What an event makes of one incarnation.
 *
 * @param next the incarnation as it goes on; with {@code ended} as it was at its end
 * @param effect what to do about it, if anything
 * @param ended whether nothing of it is left
 * @param defect whether the event cannot happen in this phase: our own bug
 */
record Passage(Incarnation next, Optional<Effect> effect, boolean ended, boolean defect) {

    static Passage to(Incarnation next) {
        return new Passage(next, Optional.empty(), false, false);
    }

    static Passage to(Incarnation next, Effect.Kind kind) {
        return new Passage(next, Optional.of(effect(next, kind)), false, false);
    }

    static Passage ended(Incarnation last) {
        return new Passage(last, Optional.empty(), true, false);
    }

    static Passage impossible(Incarnation one) {
        return new Passage(one, Optional.empty(), false, true);
    }

    /** The signal of a TERMINATE is that of the stop sequence's step it has come to. */
    static Effect effect(Incarnation one, Effect.Kind kind) {
        int step = one.phase() == Phase.STOPPING ? one.tries() : 0;
        return new Effect(
                kind,
                one.id(),
                one.terms().spec(),
                one.terms().stopSequence().get(step).signal());
    }
}
