package org.emperor.lang;

/** Ends the evaluation of one line, or of all: what stands there has no value. Carries no text of a file. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String rule;
    private final String remedy;
    private final boolean last;
    private final transient Spot spot;

    private Refusal(String rule, String remedy, Spot spot, boolean last) {
        super(rule, null, false, false);
        this.rule = rule;
        this.remedy = remedy;
        this.spot = spot;
        this.last = last;
    }

    /** Where it happened: a line, and an index of its value or a negative one for the line as a whole. */
    record Spot(Given line, int index) {}

    static Refusal of(Given line, int index, String rule, String remedy) {
        return new Refusal(rule, remedy, new Spot(line, index), false);
    }

    /** A bound is reached; whatever follows is not worth reading. */
    static Refusal last(Given line, String rule, String remedy) {
        return new Refusal(rule, remedy, new Spot(line, -1), true);
    }

    boolean isLast() {
        return last;
    }

    Problem problem() {
        Given line = spot.line();
        Position position = spot.index() < 0 ? line.wholeLine() : line.positionAt(spot.index());
        return new Problem(position, line.key(), rule, remedy);
    }
}
