package org.emperor.monitor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.emperor.lang.Problem;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/**
 * What a scan found different from the one before, for one file.
 *
 * @param id the file name with its extension, as {@code /stats} shows it
 * @param name the vassal it names; empty only for a REFUSED file whose name is not a vassal's
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
        /** The effective content changed. */
        EDITED,
        /** Only the modification time changed. */
        TOUCHED,
        VANISHED,
        /** The file cannot be used as it is; a vassal that runs from an earlier state of it keeps running. */
        REFUSED
    }

    public Change {
        problems = List.copyOf(problems);
    }
}
