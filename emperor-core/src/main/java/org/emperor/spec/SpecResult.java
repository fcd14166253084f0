package org.emperor.spec;

import java.util.List;
import org.emperor.lang.Problem;

/** What reading one vassal file led to. */
public sealed interface SpecResult {

    /**
     * Every other file that was read, or should have been, in order: includes, files whose text is a value, files of
     * variables. Their change may change the result.
     */
    List<String> files();

    record Accepted(VassalSpec spec, List<String> files) implements SpecResult {
        public Accepted {
            files = List.copyOf(files);
        }
    }

    /** The problems are all there are, in file order; never none. */
    record Refused(List<Problem> problems, List<String> files) implements SpecResult {
        public Refused {
            problems = List.copyOf(problems);
            files = List.copyOf(files);
        }
    }
}
