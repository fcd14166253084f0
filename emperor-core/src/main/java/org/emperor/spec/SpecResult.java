package org.emperor.spec;

import java.util.List;
import org.emperor.lang.Problem;

/** What reading one vassal file led to. */
public sealed interface SpecResult {

    record Accepted(VassalSpec spec) implements SpecResult {}

    /** The problems are all there are, in file order; never none. */
    record Refused(List<Problem> problems) implements SpecResult {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
