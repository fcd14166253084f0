package org.emperor.monitor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emperor.lang.Problem;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/**
 * What a scan found different from the one before, for one file; for each vassal of it, if it has several.
 *
 * @param id the file name with its extension, as {@code /stats} shows it, unusual characters escaped; of one of several
 *     vassals of a file the name it would have as a file of its own, unless the file is refused as a whole
 * @param name the vassal whose file it is; empty for a REFUSED or VANISHED file that speaks for none: its name is not a
 *     vassal's, or another file of that name comes first
 * @param source the monitor as the operator gave it
 * @param spec what the file says; present for APPEARED, EDITED and TOUCHED
 * @param problems why it was refused; not empty only for REFUSED
 */
public record Change(
        Kind kind,
        Path file,
        String id,
        Optional<VassalName> name,
        String source,
        Optional<VassalSpec> spec,
        List<Problem> problems) {

    public enum Kind {
        APPEARED,
        /** The effective content of the file changed, though perhaps not what it says of this one of its vassals. */
        EDITED,
        /** Only the modification time changed, or the file is in force again after it was refused. */
        TOUCHED,
        /** The file is gone; without a name only what was said about the file ends, and no vassal. */
        VANISHED,
        /** The file cannot be used as it is; a vassal that runs from an earlier state of it keeps running. */
        REFUSED
    }

    public Change {
        problems = List.copyOf(problems);
    }
}
