package org.emperor.monitor;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.emperor.spec.SpecResult;
import org.emperor.spec.VassalName;

/** One file as it was just read; {@code name} is empty if the file's name is not a vassal's. */
public record Sighting(Path file, Optional<VassalName> name, FileTime modified, SpecResult result) {}
