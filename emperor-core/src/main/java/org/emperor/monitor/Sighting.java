package org.emperor.monitor;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;
import org.emperor.spec.VassalSpec;

/** One file as it was just read; {@code name} is empty if the file's name is not a vassal's. */
public record Sighting(Path file, Optional<VassalName> name, FileTime modified, SpecResult result) {

    /** The vassals that the file speaks for: those it makes, and the one of its own name while it makes none. */
    List<Optional<VassalName>> names() {
        if (!(result instanceof SpecResult.Accepted accepted)) {
            return List.of(name);
        }
        List<Optional<VassalName>> names = new ArrayList<>();
        for (VassalSpec vassal : accepted.vassals()) {
            names.add(Optional.of(vassal.name()));
        }
        return names;
    }
}
