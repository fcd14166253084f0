package org.emperor.jail;

import java.nio.file.Path;

/**
 * What opening a platform needs. The state directory exists, belongs to this process alone and holds a directory
 * {@code vassals}.
 */
public record HostSettings(Path stateDirectory, String realmId, IdRanges idRanges) {}
