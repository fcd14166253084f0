package org.emperor.loop;

import java.util.List;
import org.emperor.lang.Problem;

/** A vassal file that is not in force, and why. */
public record RefusedFile(String id, String file, String source, List<Problem> problems) {
    public RefusedFile {
        problems = List.copyOf(problems);
    }
}
