package org.emperor.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emperor.lang.Problem;
import org.emperor.lang.Question;

/** What reading one vassal file led to. */
public sealed interface SpecResult {

    /**
     * Every other file that was read, or should have been, in order: includes, files whose text is a value, files of
     * variables. Their change may change the result.
     */
    List<String> files();

    /** What was asked about paths, and answered. Other answers may change the result too. */
    Map<Question, List<String>> answers();

    /** One vassal, or several if the file says {@code instances}; never none. */
    record Accepted(List<VassalSpec> vassals, List<String> files, Map<Question, List<String>> answers)
            implements SpecResult {
        public Accepted {
            vassals = List.copyOf(vassals);
            files = List.copyOf(files);
            answers = Map.copyOf(answers);
        }

        /** The first. */
        public VassalSpec spec() {
            return vassals.get(0);
        }

        /** The one of that name. */
        public Optional<VassalSpec> vassal(VassalName name) {
            for (VassalSpec vassal : vassals) {
                if (vassal.name().equals(name)) {
                    return Optional.of(vassal);
                }
            }
            return Optional.empty();
        }

        /** Whether both mean the same vassals with the same content. */
        public boolean meansTheSame(Accepted other) {
            boolean same = vassals.size() == other.vassals.size();
            for (int i = 0; same && i < vassals.size(); i++) {
                same = vassals.get(i).digest().equals(other.vassals.get(i).digest());
            }
            return same;
        }
    }

    /** The problems are all there are, in file order; never none. */
    record Refused(List<Problem> problems, List<String> files, Map<Question, List<String>> answers)
            implements SpecResult {
        public Refused {
            problems = List.copyOf(problems);
            files = List.copyOf(files);
            answers = Map.copyOf(answers);
        }
    }
}
