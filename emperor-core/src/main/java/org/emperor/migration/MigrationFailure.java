package org.emperor.migration;

import org.emperor.lang.Position;
import org.emperor.lang.Problem;

/** Ends the conversion of one program or unit: without what this is about there is no vassal. */
final class MigrationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    MigrationFailure(Position position, String key, String rule, String remedy) {
        super(rule);
        this.problem = new Problem(position, key, rule, remedy);
    }

    Problem problem() {
        return problem;
    }
}
