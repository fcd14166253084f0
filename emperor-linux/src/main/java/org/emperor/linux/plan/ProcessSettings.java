package org.emperor.linux.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.emperor.spec.ResourceLimit;

/** What a file says of the program's process that only Linux knows. */
record ProcessSettings(Optional<IoPriority> ioPriority, OptionalInt oomScoreAdj, List<ResourceLimit> limits) {
    ProcessSettings {
        limits = List.copyOf(limits);
    }
}
